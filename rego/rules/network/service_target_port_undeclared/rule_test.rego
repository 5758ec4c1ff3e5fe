package kubeassay.rules.network.service_target_port_undeclared_test

import data.kubeassay.rules.network.service_target_port_undeclared

service(ports) := {"facts": {"services": {"undeclared_ports": ports}}}

test_undeclared_number_fails if {
	path := ["spec", "ports", 0, "port"]
	found := service_target_port_undeclared.fail with input as service([path])
	{finding.path | some finding in found} == {path}
}

test_declared_numbers_pass if {
	count(service_target_port_undeclared.fail) == 0 with input as service([])
}
