package kubeassay.rules.network.gateway_open_to_all_namespaces_test

import data.kubeassay.rules.network.gateway_open_to_all_namespaces

gateway(origin) := {"spec": {"listeners": [{"name": "https", "allowedRoutes": {"namespaces": {"from": origin}}}]}}

test_all_fails if {
	found := gateway_open_to_all_namespaces.fail with input as gateway("All")
	paths := {finding.path | some finding in found}
	paths == {["spec", "listeners", 0, "allowedRoutes", "namespaces", "from"]}
}

test_same_and_selector_pass if {
	count(gateway_open_to_all_namespaces.fail) == 0 with input as gateway("Same")
	count(gateway_open_to_all_namespaces.fail) == 0 with input as gateway("Selector")
	count(gateway_open_to_all_namespaces.fail) == 0 with input as {"spec": {"listeners": [{"name": "https"}]}}
}
