package kubeassay.rules.network.network_policy_invalid_test

import data.kubeassay.rules.network.network_policy_invalid

path := ["spec", "ingress", 0, "ports", 0, "port"]

test_what_is_refused_fails if {
	flaws := [{"path": path, "message": "port 0 is no port", "refused": true}]
	found := network_policy_invalid.fail with input as {"facts": {"network_policies": {"flaws": flaws}}}
	{finding.path | some finding in found} == {path}
}

test_what_is_taken_passes if {
	flaws := [{"path": path, "message": "has bits beyond its prefix", "refused": false}]
	count(network_policy_invalid.fail) == 0 with input as {"facts": {"network_policies": {"flaws": flaws}}}
}
