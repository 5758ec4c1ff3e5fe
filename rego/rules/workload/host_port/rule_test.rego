package kubeassay.rules.workload.host_port_test

import data.kubeassay.rules.workload.host_port

failing(ports) := found if {
	faults := host_port.fail with input as {"containers": [{"path": ["spec", "containers", 0], "ports": ports}]}
	found := {finding.path[4] | some finding in faults}
}

test_each_host_port_fails if {
	failing([{"hostPort": 80}, {"containerPort": 80}, {"hostPort": 443}]) == {0, 2}
}

test_zero_and_null_mean_none if {
	failing([{"hostPort": 0}, {"hostPort": null}]) == set()
	failing(null) == set()
}
