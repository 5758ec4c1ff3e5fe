package kubeassay.rules.workload.privileged_port_test

import data.kubeassay.rules.workload.privileged_port

faults(number) := found if {
	found := privileged_port.fail with input as {"containers": [{"path": [], "ports": [{"containerPort": number}]}]}
}

test_low_ports_fail if {
	{finding.path | some finding in faults(80)} == {["ports", 0, "containerPort"]}
	count(faults(1023)) == 1
}

test_others_pass if {
	count(faults(1024)) == 0
	count(faults(22)) == 0
	count(faults("80")) == 0
}
