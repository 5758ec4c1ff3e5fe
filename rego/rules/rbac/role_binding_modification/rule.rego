# METADATA
# title: Role allows writing role bindings
# description: >-
#   Whoever writes bindings hands every role that they hold to other users, groups and service accounts, also
#   to their own second account.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0024
#   severity: medium
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: Remove create, update and patch on rolebindings and clusterrolebindings.
package kubeassay.rules.rbac.role_binding_modification

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "writing role bindings") if {
	some grant in rbac.grants({rbac.api_group: {"clusterrolebindings", "rolebindings"}}, {"create", "patch", "update"})
}

not_applicable contains reason if some reason in rbac.not_judged
