package kubeassay.rules.workload.var_log_writable_test

import data.kubeassay.rules.workload.var_log_writable

faults(path, mount) := found if {
	found := var_log_writable.fail with input as {
		"spec": {"volumes": [{"name": "v", "hostPath": {"path": path}}]},
		"containers": [{"path": ["spec", "containers", 0], "volumeMounts": [object.union({"name": "v"}, mount)]}],
	}
}

test_writable_logs_fail if {
	count(faults("/var/log/", {})) == 1
	count(faults("/var/log/pods", {"readOnly": false})) == 1
}

test_read_only_logs_pass if count(faults("/var/log", {"readOnly": true})) == 0

test_other_paths_pass if count(faults("/var/logs", {})) == 0
