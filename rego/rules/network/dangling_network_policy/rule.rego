# METADATA
# title: NetworkPolicy selects no pods
# description: >-
#   It protects nothing. Most often a label is mistyped or the policy is in the wrong namespace, and the
#   pods that were meant stay open.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/
#   - ref: https://network-policy-api.sigs.k8s.io/api-overview/
# custom:
#   id: KA-N-0036
#   severity: medium
#   over: object
#   kinds:
#     - NetworkPolicy.networking.k8s.io
#     - AdminNetworkPolicy.policy.networking.k8s.io
#     - BaselineAdminNetworkPolicy.policy.networking.k8s.io
#     - ClusterNetworkPolicy.policy.networking.k8s.io
#   snapshot_only: true
#   reads: [facts.network_policies.selects_none]
#   remediation: Correct the selectors of the policy's subject, or delete the policy.
package kubeassay.rules.network.dangling_network_policy

fail contains finding if {
	input.facts.network_policies.selects_none == true
	input.kind == "NetworkPolicy"
	finding := {
		"message": "The policy's podSelector matches no workload in its namespace",
		"path": ["spec", "podSelector"],
	}
}

fail contains finding if {
	input.facts.network_policies.selects_none == true
	input.kind != "NetworkPolicy"
	finding := {"message": "The policy's subject matches no workload", "path": ["spec", "subject"]}
}

not_applicable contains {"message": "The input leaves out what is in kube-system", "path": ["spec"]} if {
	not known
}

known if is_boolean(input.facts.network_policies.selects_none)
