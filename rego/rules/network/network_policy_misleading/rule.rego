# METADATA
# title: Network policy that does not mean what it seems to
# description: >-
#   The API server takes the policy, but part of it has another meaning than a reader sees in it, or none.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
#   - ref: https://network-policy-api.sigs.k8s.io/api-overview/
# custom:
#   id: KA-N-0131
#   severity: low
#   over: object
#   kinds:
#     - NetworkPolicy.networking.k8s.io
#     - AdminNetworkPolicy.policy.networking.k8s.io
#     - BaselineAdminNetworkPolicy.policy.networking.k8s.io
#     - ClusterNetworkPolicy.policy.networking.k8s.io
#   reads: [facts.network_policies.flaws]
#   remediation: >-
#     Write what is meant: list Egress in policyTypes where there are egress rules, and the first address of a
#     network in its CIDR.
package kubeassay.rules.network.network_policy_misleading

fail contains finding if {
	some flaw in input.facts.network_policies.flaws
	flaw.refused == false
	finding := {"message": sprintf("The policy is not what it seems: %s", [flaw.message]), "path": flaw.path}
}
