package kubeassay.rules.workload.container_port_name_invalid_test

import data.kubeassay.rules.workload.container_port_name_invalid

pod(port) := {"containers": [{"type": "container", "path": ["spec", "containers", 0], "ports": [port]}]}

test_invalid_name_fails if {
	found := container_port_name_invalid.fail with input as pod({"name": "http_port", "containerPort": 80})
	{finding.path | some finding in found} == {["spec", "containers", 0, "ports", 0, "name"]}
	count(container_port_name_invalid.fail) == 1 with input as pod({"name": 8080})
}

test_valid_or_no_name_passes if {
	count(container_port_name_invalid.fail) == 0 with input as pod({"name": "http"})
	count(container_port_name_invalid.fail) == 0 with input as pod({"containerPort": 80})
}
