# METADATA
# title: The cluster does not heed the administrator's network policy
# description: >-
#   Few network plugins know these kinds of policies, some only when it is switched on. Elsewhere the policy is
#   without effect and nobody is told: what it denies stays open.
# scope: package
# related_resources:
#   - ref: https://network-policy-api.sigs.k8s.io/implementations/
# custom:
#   id: KA-N-0150
#   severity: high
#   over: object
#   kinds:
#     - AdminNetworkPolicy.policy.networking.k8s.io
#     - BaselineAdminNetworkPolicy.policy.networking.k8s.io
#     - ClusterNetworkPolicy.policy.networking.k8s.io
#   snapshot_only: true
#   reads: [facts.cni.admin_policies]
#   remediation: >-
#     Install the kind's CustomResourceDefinition and a version of the network plugin that heeds it, and switch it
#     on there; or say the same with NetworkPolicies or the plugin's own kinds.
package kubeassay.rules.network.admin_policies_unsupported

found := input.facts.cni.admin_policies

fail contains finding if {
	found.served == "no"
	finding := {
		"message": sprintf("The cluster has no CustomResourceDefinition of %s", [found.kind]),
		"path": ["kind"],
	}
}

fail contains finding if {
	found.served != "no"
	found.heeded == "no"
	finding := {"message": sprintf("The policy has no effect: %s", [found.why]), "path": ["kind"]}
}

unknown contains finding if {
	found.served != "no"
	found.heeded == "unknown"
	finding := {
		"message": sprintf("Whether the policy has an effect is not known: %s; ask the plugin's documentation", [found.why]),
		"path": ["kind"],
	}
}
