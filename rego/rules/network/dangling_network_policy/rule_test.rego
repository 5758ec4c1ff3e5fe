package kubeassay.rules.network.dangling_network_policy_test

import data.kubeassay.rules.network.dangling_network_policy

test_selecting_none_fails if {
	found := dangling_network_policy.fail with input as {"facts": {"policies": {"selects_none": true}}}
	{finding.path | some finding in found} == {["spec", "podSelector"]}
}

test_selecting_some_passes if {
	count(dangling_network_policy.fail) == 0 with input as {"facts": {"policies": {"selects_none": false}}}
}
