# METADATA
# title: Role allows creating tokens of service accounts
# description: >-
#   A token requested for a service account carries all of its rights, lives as long as asked for and leaves
#   with whoever holds it.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0030
#   severity: high
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: >-
#     Remove serviceaccounts/token, or allow it for the needed service accounts alone by resourceNames.
package kubeassay.rules.rbac.token_creation

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "creating tokens of service accounts") if {
	some grant in rbac.grants({"": {"serviceaccounts/token"}}, {"create"})
}

not_applicable contains reason if some reason in rbac.not_judged
