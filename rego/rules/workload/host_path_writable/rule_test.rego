package kubeassay.rules.workload.host_path_writable_test

import data.kubeassay.rules.workload.host_path_writable

messages(path, mount) := found if {
	faults := host_path_writable.fail with input as {
		"spec": {"volumes": [{"name": "v", "hostPath": {"path": path}}]},
		"containers": [{"path": ["spec", "containers", 0], "volumeMounts": [mount]}],
	}
	found := {finding.message | some finding in faults}
}

test_writable_mount_fails if {
	messages("/srv/data", {"name": "v"}) == {"{container} can write to the node's /srv/data"}
}

test_read_only_mount_passes if messages("/srv/data", {"name": "v", "readOnly": true}) == set()

test_other_volume_passes if messages("/srv/data", {"name": "w"}) == set()

test_logs_are_judged_by_a_rule_of_their_own if messages("/var/log", {"name": "v"}) == set()
