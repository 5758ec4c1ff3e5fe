# METADATA
# title: Rule of a network policy has no effect of its own
# description: >-
#   Another rule already decides all that this one is about, as things are. It may be a leftover, or its
#   peers, ports or labels are not those that were meant.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
#   - ref: https://network-policy-api.sigs.k8s.io/api-overview/
# custom:
#   id: KA-N-0136
#   severity: low
#   over: object
#   kinds:
#     - NetworkPolicy.networking.k8s.io
#     - AdminNetworkPolicy.policy.networking.k8s.io
#     - BaselineAdminNetworkPolicy.policy.networking.k8s.io
#     - ClusterNetworkPolicy.policy.networking.k8s.io
#   snapshot_only: true
#   reads: [facts.network_shadowing.shadowed]
#   remediation: Remove the rule, or narrow the other one, if this one was meant to be all that is open.
package kubeassay.rules.network.network_policy_rule_redundant

import data.kubeassay.lib.network_policy

fail contains finding if {
	some rule in input.facts.network_shadowing.shadowed
	not network_policy.denies_in_vain(rule)
	finding := {
		"message": sprintf("The rule changes nothing: what it is about is decided by %s", [network_policy.deciding(rule)]),
		"path": rule.path,
	}
}
