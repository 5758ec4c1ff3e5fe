# METADATA
# title: Role allows changing namespaces
# description: >-
#   The labels of a namespace decide on the Pod Security level and on the network policies that hold there:
#   whoever changes them lifts both.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0038
#   severity: medium
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: >-
#     Remove update and patch on namespaces, or allow them for the needed namespaces alone by resourceNames.
package kubeassay.rules.rbac.namespace_modification

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "changing namespaces") if {
	some grant in rbac.grants({"": {"namespaces"}}, {"patch", "update"})
}

not_applicable contains reason if some reason in rbac.not_judged
