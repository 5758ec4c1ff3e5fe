package kubeassay.rules.network.dangling_network_policy_test

import data.kubeassay.rules.network.dangling_network_policy

given(kind, none) := {"kind": kind, "facts": {"network_policies": {"selects_none": none}}}

test_policy_without_pods_fails if {
	found := dangling_network_policy.fail with input as given("NetworkPolicy", true)
	{finding.path | some finding in found} == {["spec", "podSelector"]}
}

test_admin_policy_without_pods_fails if {
	found := dangling_network_policy.fail with input as given("AdminNetworkPolicy", true)
	{finding.path | some finding in found} == {["spec", "subject"]}
}

test_policy_with_pods_passes if {
	count(dangling_network_policy.fail) == 0 with input as given("NetworkPolicy", false)
	count(dangling_network_policy.not_applicable) == 0 with input as given("NetworkPolicy", false)
}

test_what_may_be_left_out_is_not_applicable if {
	count(dangling_network_policy.fail) == 0 with input as given("AdminNetworkPolicy", null)
	count(dangling_network_policy.not_applicable) == 1 with input as given("AdminNetworkPolicy", null)
}
