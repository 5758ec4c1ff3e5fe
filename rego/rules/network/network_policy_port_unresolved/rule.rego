# METADATA
# title: Network policy names a port that no pod has
# description: >-
#   A name matches only pods whose containers call a port so, with the rule's protocol. Here none does: what
#   the rule was to let through is blocked, and what it was to block is not.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
#   - ref: https://network-policy-api.sigs.k8s.io/api-overview/
# custom:
#   id: KA-N-0133
#   severity: medium
#   over: object
#   kinds:
#     - NetworkPolicy.networking.k8s.io
#     - AdminNetworkPolicy.policy.networking.k8s.io
#     - BaselineAdminNetworkPolicy.policy.networking.k8s.io
#     - ClusterNetworkPolicy.policy.networking.k8s.io
#   snapshot_only: true
#   reads: [facts.network_policies.unresolved_ports]
#   tags: [reliability]
#   remediation: >-
#     Use the name and the protocol that the container gives its port, give the port that name, or write the
#     number.
package kubeassay.rules.network.network_policy_port_unresolved

fail contains finding if {
	some path in input.facts.network_policies.unresolved_ports
	finding := {
		"message": "No pod that the rule leads to has a port called {value} with the rule's protocol",
		"path": path,
	}
}
