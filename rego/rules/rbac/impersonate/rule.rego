# METADATA
# title: Role allows impersonating others
# description: >-
#   Whoever impersonates a user, group or service account has all of its rights; with groups that means
#   system:masters, which no authorizer ever refuses.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0022
#   severity: critical
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: >-
#     Remove the verb impersonate, or allow it for the needed users or service accounts alone by
#     resourceNames.
package kubeassay.rules.rbac.impersonate

import data.kubeassay.lib.rbac

fail contains rbac.verb_finding(grant, "impersonating others") if {
	some grant in rbac.grants({"": {"groups", "serviceaccounts", "users"}}, {"impersonate"})
}

fail contains rbac.verb_finding(grant, "impersonating system:masters") if {
	input.kind == "ClusterRole"
	some grant in rbac.matching({"": {"groups"}}, {"impersonate"})
	"system:masters" in grant.names
}

not_applicable contains reason if some reason in rbac.not_judged
