package kubeassay.rules.network.service_target_port_invalid_test

import data.kubeassay.rules.network.service_target_port_invalid

service(target) := {"spec": {"ports": [{"port": 80, "targetPort": target}]}}

test_number_as_text_fails if {
	found := service_target_port_invalid.fail with input as service("8080")
	found == {{
		"message": `"{value}" is neither the number nor the name of a port`,
		"path": ["spec", "ports", 0, "targetPort"],
	}}
}

test_impossible_numbers_fail if {
	count(service_target_port_invalid.fail) == 1 with input as service(0)
	count(service_target_port_invalid.fail) == 1 with input as service(65536)
}

test_names_and_numbers_pass if {
	count(service_target_port_invalid.fail) == 0 with input as service("http")
	count(service_target_port_invalid.fail) == 0 with input as service(8080)
	count(service_target_port_invalid.fail) == 0 with input as {"spec": {"ports": [{"port": 80}]}}
}
