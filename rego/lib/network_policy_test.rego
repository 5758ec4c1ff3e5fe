package kubeassay.lib.network_policy_test

import data.kubeassay.lib.network_policy

test_isolates if {
	network_policy.isolates("ingress") with input as {"spec": {"policyTypes": ["Ingress"]}}
	not network_policy.isolates("egress") with input as {"spec": {"policyTypes": ["Ingress"]}}
	network_policy.isolates("egress") with input as {"spec": {"egress": [{}]}}
}

test_open_rules if {
	network_policy.all_ports({})
	network_policy.all_ports({"ports": []})
	not network_policy.all_ports({"ports": [{"port": 53}]})
	network_policy.all_peers({"from": null}, "from")
	not network_policy.all_peers({"from": [{"podSelector": {}}]}, "from")
	network_policy.any_address({"ipBlock": {"cidr": "::/0"}})
	not network_policy.any_address({"ipBlock": {"cidr": "10.0.0.0/8"}})
	not network_policy.any_address({})
}

test_some_of if {
	network_policy.some_of({"count": 2, "some": ["a", "b"]}) == "a, b"
	network_policy.some_of({"count": 5, "some": ["a", "b", "c"]}) == "a, b, c and 2 more"
}
