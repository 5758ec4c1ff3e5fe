package kubeassay.rules.network.service_target_port_unknown_test

import data.kubeassay.rules.network.service_target_port_unknown

service(port, selected) := {"spec": {"ports": [port]}, "facts": {"services": {"selected": selected}}}

api := {"kind": "Pod", "name": "api", "ports": [{"name": "http", "number": 8080, "protocol": "TCP"}]}

test_unknown_name_fails if {
	found := service_target_port_unknown.fail with input as service({"targetPort": "web"}, [api])
	{finding.path | some finding in found} == {["spec", "ports", 0, "targetPort"]}
}

test_name_of_other_protocol_fails if {
	port := {"targetPort": "http", "protocol": "UDP"}
	count(service_target_port_unknown.fail) == 1 with input as service(port, [api])
}

test_known_name_passes if {
	count(service_target_port_unknown.fail) == 0 with input as service({"targetPort": "http"}, [api])
}

test_number_passes if {
	count(service_target_port_unknown.fail) == 0 with input as service({"targetPort": 9090}, [api])
}

test_without_pods_at_hand_passes if {
	count(service_target_port_unknown.fail) == 0 with input as service({"targetPort": "web"}, [])
	count(service_target_port_unknown.fail) == 0 with input as {"spec": {"ports": [{"targetPort": "web"}]}}
}
