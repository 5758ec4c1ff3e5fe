# METADATA
# title: Role allows binding roles beyond one's own permissions
# description: >-
#   The API server refuses bindings to roles that allow more than their author may do, except for who has
#   bind: they bind themselves to cluster-admin.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0021
#   severity: critical
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: Remove the verb bind, or allow it for the needed roles alone by resourceNames.
package kubeassay.rules.rbac.bind

import data.kubeassay.lib.rbac

fail contains rbac.verb_finding(grant, "binding roles") if {
	# a Role allows it for RoleBindings of its namespace, to ClusterRoles too
	some grant in rbac.matching({rbac.api_group: {"clusterroles", "roles"}}, {"bind"})
	powerful(grant.names)
}

powerful(names) if count(names) == 0

powerful(names) if {
	some name in names
	name in {"admin", "cluster-admin", "edit"}
}

not_applicable contains reason if some reason in rbac.not_judged
