# METADATA
# title: NetworkPolicy lets every pod of the cluster connect
# description: >-
#   An empty namespaceSelector matches all namespaces, those of other teams and of programs yet to come
#   included; often the policy's own namespace was meant.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
#   - ref: https://network-policy-api.sigs.k8s.io/api-overview/
# custom:
#   id: KA-N-0035
#   severity: medium
#   over: object
#   kinds:
#     - NetworkPolicy.networking.k8s.io
#     - BaselineAdminNetworkPolicy.policy.networking.k8s.io
#     - ClusterNetworkPolicy.policy.networking.k8s.io
#   reads: [spec.policyTypes, spec.ingress, spec.tier]
#   remediation: Select namespaces by label, or leave namespaceSelector out for the policy's own.
package kubeassay.rules.network.network_policy_allows_all_namespaces

import data.kubeassay.lib.network_policy

fail contains finding if {
	network_policy.isolates("ingress")
	some i, rule in input.spec.ingress
	network_policy.all_ports(rule)
	some j, peer in rule.from
	peer.namespaceSelector == {}
	object.get(peer, "podSelector", {}) == {}
	finding := {
		"message": "The rule allows ingress from the pods of all namespaces to all ports",
		"path": ["spec", "ingress", i, "from", j, "namespaceSelector"],
	}
}

fail contains finding if {
	network_policy.is_baseline
	some i, rule in input.spec.ingress
	network_policy.admin_allows(rule)
	network_policy.all_ports(rule)
	some j, peer in rule.from
	network_policy.all_pods(peer)
	finding := {
		"message": "The rule allows ingress from the pods of all namespaces to all ports",
		"path": ["spec", "ingress", i, "from", j],
	}
}
