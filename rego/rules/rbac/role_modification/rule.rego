# METADATA
# title: Role allows writing roles
# description: >-
#   Whoever writes roles spreads every permission they have to all who are bound to those roles, and hides it
#   among them.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0023
#   severity: medium
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: Remove create, update and patch on roles and clusterroles.
package kubeassay.rules.rbac.role_modification

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "writing roles") if {
	some grant in rbac.grants({rbac.api_group: {"clusterroles", "roles"}}, {"create", "patch", "update"})
}

not_applicable contains reason if some reason in rbac.not_judged
