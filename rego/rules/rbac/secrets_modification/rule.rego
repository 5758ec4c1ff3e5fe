# METADATA
# title: Role allows changing Secrets
# description: >-
#   Whoever writes Secrets replaces the credentials and certificates that others trust, or has a token made
#   for any service account of the namespace.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0011
#   severity: medium
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: Remove the verb, or allow it for the needed Secrets alone by resourceNames.
package kubeassay.rules.rbac.secrets_modification

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "changing Secrets") if {
	some grant in rbac.grants({"": {"secrets"}}, rbac.modifying)
}

not_applicable contains reason if some reason in rbac.not_judged
