package kubeassay.rules.workload.ssh_port_test

import data.kubeassay.rules.workload.ssh_port

faults(port) := found if {
	found := ssh_port.fail with input as {"containers": [{"path": ["spec", "containers", 0], "ports": [port]}]}
}

test_ssh_fails if {
	{finding.path | some finding in faults({"containerPort": 22})} == {["spec", "containers", 0, "ports", 0, "containerPort"]}
	count(faults({"containerPort": 22, "protocol": "TCP"})) == 1
}

test_other_ports_pass if {
	count(faults({"containerPort": 2222})) == 0
	count(faults({"containerPort": 22, "protocol": "UDP"})) == 0
}
