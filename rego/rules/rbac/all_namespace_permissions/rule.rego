# METADATA
# title: Role allows everything in its namespace
# description: >-
#   Whoever is bound to it reads every Secret of the namespace, runs any pod there and acts as any of its
#   service accounts.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0003
#   severity: high
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: List the API groups, resources and verbs that the subjects need.
package kubeassay.rules.rbac.all_namespace_permissions

import data.kubeassay.lib.rbac

fail contains finding if {
	input.kind == "Role"
	some position, rule in rbac.rules
	rbac.total(rule)
	some group in rbac.list(rule, "apiGroups")
	group in {"", "*"}
	finding := {
		"message": "Allows every verb on every resource of the namespace",
		"path": rbac.star_path(position, rule, "resources"),
	}
}

not_applicable contains reason if some reason in rbac.not_judged
