# METADATA
# title: Role allows reading Secrets
# description: >-
#   Secrets hold passwords, keys and tokens of service accounts: whoever reads them acts with the rights of
#   their owners. Verbs list and watch show the contents as get does.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0010
#   severity: high
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: >-
#     Remove get, list and watch on secrets, or allow get for the needed ones alone by resourceNames.
package kubeassay.rules.rbac.secrets_access

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "reading Secrets") if {
	some grant in rbac.grants({"": {"secrets"}}, {"get", "list", "watch"})
}

not_applicable contains reason if some reason in rbac.not_judged
