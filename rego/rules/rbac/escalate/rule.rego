# METADATA
# title: Role allows escalating roles
# description: >-
#   The API server refuses roles that allow more than their author may do, except for who has escalate: they
#   write themselves any permission.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0020
#   severity: critical
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: Remove the verb escalate.
package kubeassay.rules.rbac.escalate

import data.kubeassay.lib.rbac

fail contains rbac.verb_finding(grant, "escalating roles") if {
	some grant in rbac.grants({rbac.api_group: {"clusterroles", "roles"}}, {"escalate"})
}

not_applicable contains reason if some reason in rbac.not_judged
