# METADATA
# title: ClusterRole allows changing admission policies
# description: >-
#   Whoever changes them or their bindings switches off what the cluster enforces, or has a mutating policy
#   change what others create.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0029
#   severity: medium
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: Remove the verbs, or allow them for the needed policies alone by resourceNames.
package kubeassay.rules.rbac.admission_policy_modification

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "changing admission policies") if {
	some grant in rbac.grants(
		{"admissionregistration.k8s.io": {
			"mutatingadmissionpolicies",
			"mutatingadmissionpolicybindings",
			"validatingadmissionpolicies",
			"validatingadmissionpolicybindings",
		}},
		rbac.modifying,
	)
}

not_applicable contains reason if some reason in rbac.not_judged
