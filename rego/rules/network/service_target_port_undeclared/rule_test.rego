package kubeassay.rules.network.service_target_port_undeclared_test

import data.kubeassay.rules.network.service_target_port_undeclared

service(port, ports) := {
	"spec": {"ports": [port]},
	"facts": {"services": {"selected": [{"kind": "Pod", "name": "api", "ports": ports}]}},
}

http := {"name": "http", "number": 8080, "protocol": "TCP"}

test_other_number_fails if {
	found := service_target_port_undeclared.fail with input as service({"port": 80, "targetPort": 9090}, [http])
	{finding.path | some finding in found} == {["spec", "ports", 0, "targetPort"]}
}

test_port_stands_in_for_target_port if {
	found := service_target_port_undeclared.fail with input as service({"port": 80}, [http])
	{finding.path | some finding in found} == {["spec", "ports", 0, "port"]}
	count(service_target_port_undeclared.fail) == 0 with input as service({"port": 8080}, [http])
}

test_declared_number_passes if {
	count(service_target_port_undeclared.fail) == 0 with input as service({"port": 80, "targetPort": 8080}, [http])
}

test_named_port_is_another_fault if {
	count(service_target_port_undeclared.fail) == 0 with input as service({"port": 80, "targetPort": "web"}, [http])
}

test_pods_that_declare_nothing_pass if {
	count(service_target_port_undeclared.fail) == 0 with input as service({"port": 80, "targetPort": 9090}, [])
}
