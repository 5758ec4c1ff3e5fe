package kubeassay.rules.network.network_policy_allows_all_namespaces_test

import data.kubeassay.rules.network.network_policy_allows_all_namespaces

policy(peer) := {"spec": {"ingress": [{"from": [peer]}]}}

test_all_namespaces_fail if {
	found := network_policy_allows_all_namespaces.fail with input as policy({"namespaceSelector": {}})
	{finding.path | some finding in found} == {["spec", "ingress", 0, "from", 0, "namespaceSelector"]}
}

test_chosen_pods_or_namespaces_pass if {
	chosen := {"namespaceSelector": {}, "podSelector": {"matchLabels": {"app": "prometheus"}}}
	count(network_policy_allows_all_namespaces.fail) == 0 with input as policy(chosen)
	count(network_policy_allows_all_namespaces.fail) == 0 with input as policy({"podSelector": {}})
	labelled := {"namespaceSelector": {"matchLabels": {"team": "shop"}}}
	count(network_policy_allows_all_namespaces.fail) == 0 with input as policy(labelled)
}

test_named_ports_pass if {
	rule := {"from": [{"namespaceSelector": {}}], "ports": [{"port": 443}]}
	count(network_policy_allows_all_namespaces.fail) == 0 with input as {"spec": {"ingress": [rule]}}
}

baseline(action) := found if {
	spec := {"ingress": [{"action": action, "from": [{"namespaces": {}}]}]}
	given := {"kind": "BaselineAdminNetworkPolicy", "spec": spec}
	found := network_policy_allows_all_namespaces.fail with input as given
}

test_baseline_that_allows_all_pods_fails if {
	{finding.path | some finding in baseline("Allow")} == {["spec", "ingress", 0, "from", 0]}
}

test_baseline_that_denies_passes if count(baseline("Deny")) == 0
