# METADATA
# title: What the NetworkPolicy opens depends on the network plugin
# description: >-
#   Some plugins compare an ipBlock with the addresses of pods as well, others match by it only what is outside
#   of the cluster. With those of the first kind more is open here, and a change of the plugin changes who can
#   reach whom.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-ipblock-selectors
# custom:
#   id: KA-N-0138
#   severity: low
#   over: object
#   kinds: [NetworkPolicy.networking.k8s.io]
#   snapshot_only: true
#   reads: [facts.network_plugin.depends_on_plugin, facts.plugin_support.matching_pods]
#   remediation: >-
#     Take the addresses of pods out by except, and allow pods by selectors alone.
package kubeassay.rules.network.network_policy_depends_on_plugin

fail contains finding if {
	some block in input.facts.network_plugin.depends_on_plugin
	finding := {
		"message": sprintf("%s: %s", [what, block.example]),
		"path": block.path,
	}
}

matching := input.facts.plugin_support.matching_pods

what := "If the network plugin matches pods by ipBlock, more is open" if count(matching) == 0

what := sprintf("%s matches pods by ipBlock, so more is open", [concat(", ", matching)]) if count(matching) > 0
