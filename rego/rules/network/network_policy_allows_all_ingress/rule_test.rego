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

admin(kind, spec) := found if {
	found := network_policy_allows_all_ingress.fail with input as {"kind": kind, "spec": spec}
}

everyone := [{"namespaces": {}}]

test_admin_allow_of_all_pods_fails if {
	found := admin("AdminNetworkPolicy", {"ingress": [{"action": "Allow", "from": everyone}]})
	{finding.path | some finding in found} == {["spec", "ingress", 0, "from", 0]}
	count(admin("ClusterNetworkPolicy", {"tier": "Admin", "ingress": [{"action": "Accept", "from": everyone}]})) == 1
}

test_other_admin_rules_pass if {
	count(admin("AdminNetworkPolicy", {"ingress": [{"action": "Deny", "from": everyone}]})) == 0
	count(admin("AdminNetworkPolicy", {"ingress": [{"action": "Allow", "from": everyone, "ports": [{}]}]})) == 0
	count(admin("ClusterNetworkPolicy", {"tier": "Baseline", "ingress": [{"action": "Accept", "from": everyone}]})) == 0
}
