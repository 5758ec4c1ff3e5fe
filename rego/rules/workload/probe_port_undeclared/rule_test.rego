package kubeassay.rules.workload.probe_port_undeclared_test

import data.kubeassay.rules.workload.probe_port_undeclared

paths(fields) := found if {
	container := object.union({"path": [], "ports": [{"name": "http", "containerPort": 8080}, {"containerPort": 9090}]}, fields)
	faults := probe_port_undeclared.fail with input as {"containers": [container]}
	found := {finding.path | some finding in faults}
}

test_undeclared_names_fail if {
	paths({"livenessProbe": {"httpGet": {"port": "admin"}}}) == {["livenessProbe", "httpGet", "port"]}
	paths({"startupProbe": {"tcpSocket": {"port": "admin"}}}) == {["startupProbe", "tcpSocket", "port"]}
	paths({"lifecycle": {"preStop": {"httpGet": {"port": "admin"}}}}) == {["lifecycle", "preStop", "httpGet", "port"]}
}

test_declared_names_and_numbers_pass if {
	paths({"readinessProbe": {"httpGet": {"port": "http"}}}) == set()
	paths({"readinessProbe": {"httpGet": {"port": 1234}}}) == set()
	paths({"readinessProbe": {"httpGet": {"port": "1234"}}}) == set()
	paths({"readinessProbe": {"exec": {"command": ["true"]}}, "lifecycle": null}) == set()
}

test_a_container_without_ports_declares_none if {
	container := {"path": [], "readinessProbe": {"httpGet": {"port": "http"}}}
	count(probe_port_undeclared.fail) == 1 with input as {"containers": [container]}
}
