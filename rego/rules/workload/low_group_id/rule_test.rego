package kubeassay.rules.workload.low_group_id_test

import data.kubeassay.rules.workload.low_group_id

scan := {"kubernetes": {"minor": 37}, "parameters": {"workload.low_group_id": {"highest": 10000}}}

paths(spec, container) := found if {
	faults := low_group_id.fail with data.scan as scan with input as {
		"spec": spec,
		"containers": [{"path": ["spec", "containers", 0], "securityContext": container}],
	}
	found := {finding.path | some finding in faults}
}

test_low_ids_fail_where_they_are_asked_for if {
	paths({"securityContext": {"runAsGroup": 1000}}, {}) == {["spec", "securityContext", "runAsGroup"]}
	paths({}, {"runAsGroup": 1}) == {["spec", "containers", 0, "securityContext", "runAsGroup"]}
}

test_high_ids_and_root_and_no_id_pass if {
	paths({}, {"runAsGroup": 10001}) == set()
	paths({}, {"runAsGroup": 0}) == set()
	paths({}, {}) == set()
}

test_a_user_namespace_passes if paths({"hostUsers": false}, {"runAsGroup": 1000}) == set()
