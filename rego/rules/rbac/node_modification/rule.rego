# METADATA
# title: ClusterRole allows changing nodes
# description: >-
#   Labels and taints decide which pods run where: whoever changes nodes draws the pods of others to a node of
#   their own, or takes nodes out of service.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0037
#   severity: medium
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: Remove the verbs on nodes, or allow them for the needed nodes alone by resourceNames.
package kubeassay.rules.rbac.node_modification

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "changing nodes") if {
	some grant in rbac.grants({"": {"nodes", "nodes/status"}}, rbac.modifying)
}

not_applicable contains reason if some reason in rbac.not_judged
