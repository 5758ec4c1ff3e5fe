package kubeassay.rules.network.service_target_port_unknown_test

import data.kubeassay.rules.network.service_target_port_unknown

service(ports) := {"facts": {"services": {"unknown_ports": ports}}}

test_unknown_name_fails if {
	path := ["spec", "ports", 0, "targetPort"]
	found := service_target_port_unknown.fail with input as service([path])
	{finding.path | some finding in found} == {path}
}

test_known_names_pass if {
	count(service_target_port_unknown.fail) == 0 with input as service([])
}
