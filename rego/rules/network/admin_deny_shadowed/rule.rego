# METADATA
# title: Rule that denies never gets its turn
# description: >-
#   Rules that are asked before it let through, or pass on, all that it is about, so it denies nothing, though
#   whoever reads it believes it does.
# scope: package
# related_resources:
#   - ref: https://network-policy-api.sigs.k8s.io/api-overview/
# custom:
#   id: KA-N-0135
#   severity: medium
#   over: object
#   kinds:
#     - AdminNetworkPolicy.policy.networking.k8s.io
#     - BaselineAdminNetworkPolicy.policy.networking.k8s.io
#     - ClusterNetworkPolicy.policy.networking.k8s.io
#   snapshot_only: true
#   reads: [facts.network_shadowing.shadowed]
#   remediation: >-
#     Move the rule before those that decide first, or give its policy a lower priority number than theirs; else
#     remove it.
package kubeassay.rules.network.admin_deny_shadowed

import data.kubeassay.lib.network_policy

fail contains finding if {
	some rule in input.facts.network_shadowing.shadowed
	network_policy.denies_in_vain(rule)
	finding := {
		"message": sprintf("The rule denies nothing: what it is about is decided before by %s", [network_policy.deciding(rule)]),
		"path": rule.path,
	}
}
