# METADATA
# title: NetworkPolicy names a peer that does not exist
# description: >-
#   The peer has no effect now: either the connection that it was written for is blocked, or left open by a
#   rule that denies; or a later pod with these labels gets access that nobody meant it to have.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
#   - ref: https://network-policy-api.sigs.k8s.io/api-overview/
# custom:
#   id: KA-N-0037
#   severity: low
#   over: object
#   kinds:
#     - NetworkPolicy.networking.k8s.io
#     - AdminNetworkPolicy.policy.networking.k8s.io
#     - BaselineAdminNetworkPolicy.policy.networking.k8s.io
#     - ClusterNetworkPolicy.policy.networking.k8s.io
#   snapshot_only: true
#   reads: [facts.network_policies.dead_peers]
#   remediation: Correct the peer's selectors, or remove it.
package kubeassay.rules.network.dangling_network_policy_peer

fail contains finding if {
	some path in input.facts.network_policies.dead_peers
	finding := {"message": "The peer's selectors match no pod, namespace or node", "path": path}
}

not_applicable contains {"message": "The input leaves out what is in kube-system", "path": ["spec"]} if {
	not known
}

known if is_array(input.facts.network_policies.dead_peers)
