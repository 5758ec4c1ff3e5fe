# METADATA
# title: ClusterRole allows approving certificate signing requests
# description: >-
#   Whoever approves requests has certificates made out to any user, also to a member of a privileged group,
#   and none can be revoked.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0027
#   severity: high
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: Remove certificatesigningrequests/approval.
package kubeassay.rules.rbac.certificate_approval

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "approving certificate signing requests") if {
	some grant in rbac.grants({"certificates.k8s.io": {"certificatesigningrequests/approval"}}, {"patch", "update"})
}

not_applicable contains reason if some reason in rbac.not_judged
