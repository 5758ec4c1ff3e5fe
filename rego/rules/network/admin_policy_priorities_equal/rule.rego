# METADATA
# title: Admin policies of one priority contradict each other
# description: >-
#   Which of them counts is left to the network plugin, and may change: what one denies may be let through.
# scope: package
# related_resources:
#   - ref: https://network-policy-api.sigs.k8s.io/api-overview/
# custom:
#   id: KA-N-0137
#   severity: medium
#   over: object
#   kinds:
#     - AdminNetworkPolicy.policy.networking.k8s.io
#     - BaselineAdminNetworkPolicy.policy.networking.k8s.io
#     - ClusterNetworkPolicy.policy.networking.k8s.io
#   snapshot_only: true
#   reads: [facts.network_conflicts.equal_priorities]
#   remediation: Give each policy of the tier a priority of its own; the lower number decides.
package kubeassay.rules.network.admin_policy_priorities_equal

fail contains finding if {
	some other in input.facts.network_conflicts.equal_priorities
	finding := {
		"message": sprintf("%s has the same priority and decides otherwise, as of %s", [other.policy, other.example]),
		"path": ["spec", "priority"],
	}
}
