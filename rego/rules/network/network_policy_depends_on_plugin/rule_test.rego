package kubeassay.rules.network.network_policy_depends_on_plugin_test

import data.kubeassay.rules.network.network_policy_depends_on_plugin

given(blocks) := under(blocks, [])

under(blocks, plugins) := {"facts": {
	"network_plugin": {"depends_on_plugin": blocks},
	"plugin_support": {"matching_pods": plugins},
}}

test_block_with_pods_fails if {
	path := ["spec", "egress", 0, "to", 0, "ipBlock"]
	blocks := [{"path": path, "example": "shop/a[Pod] => shop/b[Pod] : TCP 80"}]
	some finding in network_policy_depends_on_plugin.fail with input as given(blocks)
	finding.path == path
}

test_block_without_pods_passes if count(network_policy_depends_on_plugin.fail) == 0 with input as given([])

test_plugin_that_is_known_to_match_is_named if {
	blocks := [{"path": ["spec"], "example": "a => b : TCP 80"}]
	some finding in network_policy_depends_on_plugin.fail with input as under(blocks, ["Calico"])
	finding.message == "Calico matches pods by ipBlock, so more is open: a => b : TCP 80"
}
