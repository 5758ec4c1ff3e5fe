# METADATA
# title: Network policy that does not take effect
# description: >-
#   The API server does not take it as it stands, or another policy of the same name replaces it: what it
#   says is not enforced, and the pods that it was meant for may be open.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/kubernetes-api/policy-resources/network-policy-v1/
#   - ref: https://network-policy-api.sigs.k8s.io/api-overview/
# custom:
#   id: KA-N-0130
#   severity: high
#   over: object
#   kinds:
#     - NetworkPolicy.networking.k8s.io
#     - AdminNetworkPolicy.policy.networking.k8s.io
#     - BaselineAdminNetworkPolicy.policy.networking.k8s.io
#     - ClusterNetworkPolicy.policy.networking.k8s.io
#   reads: [facts.network_policies.flaws]
#   remediation: Write the field as the API of the policy's version demands, and give each policy a name of its own.
package kubeassay.rules.network.network_policy_invalid

fail contains finding if {
	some flaw in input.facts.network_policies.flaws
	flaw.refused == true
	finding := {"message": sprintf("The policy does not take effect: %s", [flaw.message]), "path": flaw.path}
}
