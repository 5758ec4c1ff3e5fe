package kubeassay.rules.workload.probe_host_test

import data.kubeassay.rules.workload.probe_host

hosts(fields) := found if {
	container := object.union({"path": ["spec", "containers", 0]}, fields)
	faults := probe_host.fail with input as {"containers": [container]}
	found := {array.slice(finding.path, 3, 8) | some finding in faults}
}

test_each_probe_and_handler_fails if {
	hosts({
		"livenessProbe": {"httpGet": {"host": "a"}},
		"readinessProbe": {"tcpSocket": {"host": "127.0.0.1"}},
		"startupProbe": {"httpGet": {"host": "::1"}},
		"lifecycle": {"postStart": {"httpGet": {"host": "b"}}, "preStop": {"tcpSocket": {"host": "c"}}},
	}) == {
		["livenessProbe", "httpGet", "host"],
		["readinessProbe", "tcpSocket", "host"],
		["startupProbe", "httpGet", "host"],
		["lifecycle", "postStart", "httpGet", "host"],
		["lifecycle", "preStop", "tcpSocket", "host"],
	}
}

test_no_host_passes if {
	hosts({"livenessProbe": {"httpGet": {"host": ""}}}) == set()
	hosts({"livenessProbe": {"tcpSocket": {"host": null}}}) == set()
	hosts({"livenessProbe": {"grpc": {"port": 80}}, "lifecycle": null}) == set()
}
