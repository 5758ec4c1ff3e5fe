# METADATA
# title: Role allows changing network policies
# description: >-
#   Whoever changes them opens ways between workloads that were kept apart, or cuts off those that are needed.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0034
#   severity: medium
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: Remove the verbs, or allow them for the needed policies alone by resourceNames.
package kubeassay.rules.rbac.network_policy_modification

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "changing network policies") if {
	some grant in rbac.grants(
		{
			"cilium.io": {"ciliumclusterwidenetworkpolicies", "ciliumnetworkpolicies"},
			"networking.k8s.io": {"networkpolicies"},
			"policy.networking.k8s.io": {"adminnetworkpolicies", "baselineadminnetworkpolicies", "clusternetworkpolicies"},
			"projectcalico.org": {"globalnetworkpolicies", "networkpolicies"},
		},
		rbac.modifying,
	)
}

not_applicable contains reason if some reason in rbac.not_judged
