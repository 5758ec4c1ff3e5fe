package kubeassay.rules.network.network_policy_allows_all_ingress_test

import data.kubeassay.rules.network.network_policy_allows_all_ingress

policy(rule) := {"spec": {"ingress": [rule]}}

test_empty_rule_fails if {
	found := network_policy_allows_all_ingress.fail with input as policy({})
	{finding.path | some finding in found} == {["spec", "ingress", 0]}
	count(network_policy_allows_all_ingress.fail) == 1 with input as policy({"from": []})
}

test_any_address_fails if {
	found := network_policy_allows_all_ingress.fail with input as policy({"from": [{"ipBlock": {"cidr": "0.0.0.0/0"}}]})
	{finding.path | some finding in found} == {["spec", "ingress", 0, "from", 0, "ipBlock", "cidr"]}
}

test_ports_or_peers_pass if {
	count(network_policy_allows_all_ingress.fail) == 0 with input as policy({"ports": [{"port": 443}]})
	count(network_policy_allows_all_ingress.fail) == 0 with input as policy({"from": [{"podSelector": {}}]})
}

test_rules_without_effect_pass if {
	without_effect := {"spec": {"policyTypes": ["Egress"], "ingress": [{}]}}
	count(network_policy_allows_all_ingress.fail) == 0 with input as without_effect
}
