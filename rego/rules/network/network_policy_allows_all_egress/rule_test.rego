package kubeassay.rules.network.network_policy_allows_all_egress_test

import data.kubeassay.rules.network.network_policy_allows_all_egress

policy(rule) := {"spec": {"egress": [rule]}}

test_empty_rule_fails if {
	found := network_policy_allows_all_egress.fail with input as policy({})
	{finding.path | some finding in found} == {["spec", "egress", 0]}
}

test_any_address_fails if {
	found := network_policy_allows_all_egress.fail with input as policy({"to": [{"ipBlock": {"cidr": "::/0"}}]})
	{finding.path | some finding in found} == {["spec", "egress", 0, "to", 0, "ipBlock", "cidr"]}
}

test_ports_or_peers_pass if {
	count(network_policy_allows_all_egress.fail) == 0 with input as policy({"ports": [{"port": 53}]})
	count(network_policy_allows_all_egress.fail) == 0 with input as policy({"to": [{"podSelector": {}}]})
}

test_rules_without_effect_pass if {
	without_effect := {"spec": {"policyTypes": ["Ingress"], "egress": [{}]}}
	count(network_policy_allows_all_egress.fail) == 0 with input as without_effect
}

admin(rule) := found if {
	allow := {"action": "Allow", "to": [{"networks": ["::/0"]}]}
	given := {"kind": "AdminNetworkPolicy", "spec": {"egress": [object.union(allow, rule)]}}
	found := network_policy_allows_all_egress.fail with input as given
}

test_admin_allow_to_everywhere_fails if {
	{finding.path | some finding in admin({})} == {["spec", "egress", 0, "to", 0, "networks", 0]}
}

test_other_admin_rules_pass if {
	count(admin({"action": "Pass"})) == 0
	count(admin({"ports": [{}]})) == 0
	count(admin({"to": [{"networks": ["10.0.0.0/8"]}, {"namespaces": {}}]})) == 0
}
