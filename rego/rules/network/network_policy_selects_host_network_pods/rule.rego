# METADATA
# title: Network policy selects pods that it has no effect on
# description: >-
#   Pods that use the host's network have its addresses, and no network policy selects these: whatever the
#   policy says, all of them can be reached and reach everything as the node does.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/#networkpolicy-and-hostnetwork-pods
# custom:
#   id: KA-N-0134
#   severity: low
#   over: object
#   kinds:
#     - NetworkPolicy.networking.k8s.io
#     - AdminNetworkPolicy.policy.networking.k8s.io
#     - BaselineAdminNetworkPolicy.policy.networking.k8s.io
#     - ClusterNetworkPolicy.policy.networking.k8s.io
#   reads: [facts.network_policies.host_pods]
#   remediation: >-
#     Give the pods a network of their own, or guard the nodes by a firewall or by the host policies of the
#     network plugin.
package kubeassay.rules.network.network_policy_selects_host_network_pods

import data.kubeassay.lib.network_policy

fail contains finding if {
	found := input.facts.network_policies.host_pods
	finding := {
		"message": sprintf("The policy has no effect on %s, which use the host's network", [network_policy.some_of(found)]),
		"path": path,
	}
}

path := ["spec", "podSelector"] if input.kind == "NetworkPolicy"

path := ["spec", "subject"] if input.kind != "NetworkPolicy"
