package kubeassay.rules.workload.host_pid_test

import data.kubeassay.rules.workload.host_pid

test_sharing_fails if {
	found := host_pid.fail with input as {"spec": {"hostPID": true}}
	found == {{"message": "The pod shares the host's process namespace", "path": ["spec", "hostPID"]}}
}

test_not_sharing_passes if {
	count(host_pid.fail) == 0 with input as {"spec": {"hostPID": false}}
	count(host_pid.fail) == 0 with input as {"spec": {"hostPID": null}}
	count(host_pid.fail) == 0 with input as {}
}
