# METADATA
# title: Role names its verbs by a wildcard
# description: >-
#   It grants verbs that nobody thought of, such as deletecollection, impersonate, bind and escalate, and
#   those that later versions add.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0006
#   severity: medium
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: List the verbs that the subjects need.
package kubeassay.rules.rbac.wildcard_verbs

import data.kubeassay.lib.rbac

fail contains finding if {
	some position, rule in rbac.rules
	resources := rbac.list(rule, "resources")
	count(resources) > 0
	rbac.star(rule, "verbs")
	not rbac.star(rule, "resources")
	finding := {
		"message": sprintf("Allows every verb on %s%s", [concat(", ", array.slice(resources, 0, 3)), more(count(resources) - 3)]),
		"path": rbac.star_path(position, rule, "verbs"),
	}
}

more(number) := sprintf(" and %d more", [number]) if {
	number > 0
} else := ""

not_applicable contains reason if some reason in rbac.not_judged
