# METADATA
# title: Role allows attaching to containers
# description: >-
#   Attached to a container one reads what its process prints and types into it, which is a shell where the
#   process is one.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0015
#   severity: high
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: Remove pods/attach.
package kubeassay.rules.rbac.pod_attach

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "attaching to containers") if {
	some grant in rbac.grants({"": {"pods/attach"}}, rbac.opening)
}

not_applicable contains reason if some reason in rbac.not_judged
