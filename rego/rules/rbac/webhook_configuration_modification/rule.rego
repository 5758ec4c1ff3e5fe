# METADATA
# title: ClusterRole allows changing admission webhooks
# description: >-
#   A webhook reads every object that is admitted, Secrets among them, and a mutating one changes them; who
#   deletes one switches off the policy it enforces.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0028
#   severity: high
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: Remove the verbs, or allow them for the component's own configurations by resourceNames.
package kubeassay.rules.rbac.webhook_configuration_modification

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "changing admission webhooks") if {
	some grant in rbac.grants({"admissionregistration.k8s.io": {"mutatingwebhookconfigurations", "validatingwebhookconfigurations"}}, rbac.modifying)
}

not_applicable contains reason if some reason in rbac.not_judged
