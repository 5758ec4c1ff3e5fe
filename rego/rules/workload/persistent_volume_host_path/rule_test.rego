package kubeassay.rules.workload.persistent_volume_host_path_test

import data.kubeassay.rules.workload.persistent_volume_host_path

test_host_path_fails if {
	found := persistent_volume_host_path.fail with input as {"spec": {"hostPath": {"path": "/var/log"}}}
	found == {{"message": "The volume is the node's /var/log", "path": ["spec", "hostPath"]}}
}

test_other_volumes_pass if {
	count(persistent_volume_host_path.fail) == 0 with input as {}
}
