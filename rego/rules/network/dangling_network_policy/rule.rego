# METADATA
# title: NetworkPolicy selects no pods
# description: >-
#   It protects nothing. Most often a label is mistyped or the policy is in the wrong namespace, and the
#   pods that were meant stay open.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/
# custom:
#   id: KA-N-0036
#   severity: medium
#   over: object
#   kinds: [NetworkPolicy.networking.k8s.io]
#   snapshot_only: true
#   reads: [facts.policies.selects_none]
#   remediation: Correct the podSelector, or delete the policy.
package kubeassay.rules.network.dangling_network_policy

fail contains finding if {
	input.facts.policies.selects_none == true
	finding := {
		"message": "The policy's podSelector matches no workload in its namespace",
		"path": ["spec", "podSelector"],
	}
}
