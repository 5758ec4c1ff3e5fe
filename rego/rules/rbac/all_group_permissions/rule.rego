# METADATA
# title: Role allows everything in an API group
# description: >-
#   Every resource and verb of the group, and what later versions add to it, is granted without anybody having
#   decided so.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0004
#   severity: medium
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: List the resources and verbs that the subjects need.
package kubeassay.rules.rbac.all_group_permissions

import data.kubeassay.lib.rbac

fail contains finding if {
	some position, rule in rbac.rules
	rbac.total(rule)
	groups := rbac.list(rule, "apiGroups")
	count(groups) > 0
	count({"", "*"} & {group | some group in groups}) == 0
	finding := {
		"message": sprintf("Allows every verb on every resource of %s", [concat(", ", groups)]),
		"path": rbac.star_path(position, rule, "resources"),
	}
}

not_applicable contains reason if some reason in rbac.not_judged
