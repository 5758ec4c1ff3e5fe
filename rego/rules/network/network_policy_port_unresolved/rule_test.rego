package kubeassay.rules.network.network_policy_port_unresolved_test

import data.kubeassay.rules.network.network_policy_port_unresolved

test_unresolved_port_fails if {
	path := ["spec", "ingress", 0, "ports", 0, "port"]
	given := {"facts": {"network_policies": {"unresolved_ports": [path]}}}
	found := network_policy_port_unresolved.fail with input as given
	{finding.path | some finding in found} == {path}
}

test_known_ports_pass if {
	given := {"facts": {"network_policies": {"unresolved_ports": []}}}
	count(network_policy_port_unresolved.fail) == 0 with input as given
}
