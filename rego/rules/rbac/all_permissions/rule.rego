# METADATA
# title: ClusterRole allows everything
# description: >-
#   Whoever is bound to it is a cluster administrator: every action on every resource of today and of every
#   API that is installed later.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0001
#   severity: critical
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: List the API groups, resources and verbs that the subjects need.
package kubeassay.rules.rbac.all_permissions

import data.kubeassay.lib.rbac

fail contains finding if {
	input.kind == "ClusterRole"
	some position, rule in rbac.rules
	rbac.total(rule)
	rbac.star(rule, "apiGroups")
	finding := {
		"message": "Allows every verb on every resource of every API group",
		"path": rbac.star_path(position, rule, "resources"),
	}
}

not_applicable contains reason if some reason in rbac.not_judged
