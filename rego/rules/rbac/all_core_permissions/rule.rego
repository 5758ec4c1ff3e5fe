# METADATA
# title: ClusterRole allows everything in the core API group
# description: >-
#   The core group holds Secrets, Pods, nodes, service account tokens and the right to act as any user: all of
#   it together is as good as cluster-admin.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0002
#   severity: critical
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: List the resources and verbs that the subjects need.
package kubeassay.rules.rbac.all_core_permissions

import data.kubeassay.lib.rbac

fail contains finding if {
	input.kind == "ClusterRole"
	some position, rule in rbac.rules
	rbac.total(rule)
	not rbac.star(rule, "apiGroups")
	"" in rbac.list(rule, "apiGroups")
	finding := {
		"message": "Allows every verb on every resource of the core API group, Secrets and Pods among them",
		"path": rbac.star_path(position, rule, "resources"),
	}
}

not_applicable contains reason if some reason in rbac.not_judged
