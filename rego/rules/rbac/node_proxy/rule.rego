# METADATA
# title: ClusterRole allows the kubelet's API through the nodes' proxy
# description: >-
#   It executes commands in every container of a node, past admission and the audit log; reading is enough,
#   since a websocket opens with get.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/kubelet-authn-authz/
# custom:
#   id: KA-R-0026
#   severity: critical
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: >-
#     Remove nodes/proxy; use nodes/metrics, nodes/stats, nodes/log or nodes/configz for what is to be read.
package kubeassay.rules.rbac.node_proxy

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "using the kubelet's API") if {
	input.kind == "ClusterRole"

	# one node, by resourceNames, is bad enough
	some grant in rbac.matching({"": {"nodes/proxy"}}, {"create", "delete", "get", "patch", "update"})
}

not_applicable contains reason if some reason in rbac.not_judged
