package kubeassay.rules.network.network_policy_misleading_test

import data.kubeassay.rules.network.network_policy_misleading

path := ["spec", "ingress", 0, "ports", 0, "port"]

test_what_is_taken_fails if {
	flaws := [{"path": path, "message": "port 0 is no port", "refused": false}]
	found := network_policy_misleading.fail with input as {"facts": {"network_policies": {"flaws": flaws}}}
	{finding.path | some finding in found} == {path}
}

test_what_is_refused_is_another_rules if {
	flaws := [{"path": path, "message": "has bits beyond its prefix", "refused": true}]
	count(network_policy_misleading.fail) == 0 with input as {"facts": {"network_policies": {"flaws": flaws}}}
}
