# METADATA
# title: Role names its API groups by a wildcard
# description: >-
#   Resources of the same name in other groups, also of APIs that are installed later, are granted along with
#   those that were meant.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0007
#   severity: low
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: Name the API groups of the resources.
package kubeassay.rules.rbac.wildcard_api_groups

import data.kubeassay.lib.rbac

fail contains finding if {
	some position, rule in rbac.rules
	resources := rbac.list(rule, "resources")
	count(resources) > 0
	rbac.star(rule, "apiGroups")
	not rbac.star(rule, "resources")
	not rbac.star(rule, "verbs")
	finding := {
		"message": sprintf("Allows %s in every API group", [concat(", ", array.slice(resources, 0, 4))]),
		"path": rbac.star_path(position, rule, "apiGroups"),
	}
}

not_applicable contains reason if some reason in rbac.not_judged
