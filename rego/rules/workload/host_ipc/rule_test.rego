package kubeassay.rules.workload.host_ipc_test

import data.kubeassay.rules.workload.host_ipc

test_sharing_fails if {
	found := host_ipc.fail with input as {"spec": {"hostIPC": true}}
	found == {{"message": "The pod shares the host's IPC namespace", "path": ["spec", "hostIPC"]}}
}

test_not_sharing_passes if {
	count(host_ipc.fail) == 0 with input as {"spec": {"hostIPC": false}}
	count(host_ipc.fail) == 0 with input as {"spec": {"hostIPC": null}}
	count(host_ipc.fail) == 0 with input as {}
}
