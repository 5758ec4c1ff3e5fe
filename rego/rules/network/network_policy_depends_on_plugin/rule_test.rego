package kubeassay.rules.network.network_policy_depends_on_plugin_test

import data.kubeassay.rules.network.network_policy_depends_on_plugin

given(blocks) := {"facts": {"network_plugin": {"depends_on_plugin": blocks}}}

test_block_with_pods_fails if {
	path := ["spec", "egress", 0, "to", 0, "ipBlock"]
	blocks := [{"path": path, "example": "shop/a[Pod] => shop/b[Pod] : TCP 80"}]
	some finding in network_policy_depends_on_plugin.fail with input as given(blocks)
	finding.path == path
}

test_block_without_pods_passes if count(network_policy_depends_on_plugin.fail) == 0 with input as given([])
