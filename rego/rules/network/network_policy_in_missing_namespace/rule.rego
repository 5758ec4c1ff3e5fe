# METADATA
# title: NetworkPolicy is in a namespace that does not exist
# description: >-
#   It cannot be created, or protects nothing: most often the namespace is mistyped, or has been renamed, and
#   the pods that were meant stay open.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/
# custom:
#   id: KA-N-0132
#   severity: medium
#   over: object
#   kinds: [NetworkPolicy.networking.k8s.io]
#   snapshot_only: true
#   reads: [facts.network_policies.missing_namespace]
#   remediation: Correct the policy's namespace, or delete the policy.
package kubeassay.rules.network.network_policy_in_missing_namespace

fail contains finding if {
	input.facts.network_policies.missing_namespace == true
	finding := {
		"message": "Nothing else is in the namespace {value}, and no Namespace declares it",
		"path": ["metadata", "namespace"],
	}
}
