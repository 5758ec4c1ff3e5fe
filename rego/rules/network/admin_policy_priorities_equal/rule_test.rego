package kubeassay.rules.network.admin_policy_priorities_equal_test

import data.kubeassay.rules.network.admin_policy_priorities_equal

given(others) := {"facts": {"network_conflicts": {"equal_priorities": others}}}

test_contradiction_fails if {
	others := [{"policy": "AdminNetworkPolicy/b", "example": "shop/a[Pod] => shop/b[Pod] : TCP 80"}]
	some finding in admin_policy_priorities_equal.fail with input as given(others)
	finding.path == ["spec", "priority"]
	startswith(finding.message, "AdminNetworkPolicy/b has")
}

test_agreement_passes if count(admin_policy_priorities_equal.fail) == 0 with input as given([])
