package kubeassay.rules.workload.low_user_id_test

import data.kubeassay.rules.workload.low_user_id

scan := {"kubernetes": {"minor": 37}, "parameters": {"workload.low_user_id": {"highest": 10000}}}

paths(pod, container) := found if {
	faults := low_user_id.fail with data.scan as scan with input as {
		"spec": {"securityContext": pod},
		"containers": [{"path": ["spec", "containers", 0], "securityContext": container}],
	}
	found := {finding.path | some finding in faults}
}

test_low_ids_fail_where_they_are_asked_for if {
	paths({"runAsUser": 1000}, {}) == {["spec", "securityContext", "runAsUser"]}
	paths({}, {"runAsUser": 10000}) == {["spec", "containers", 0, "securityContext", "runAsUser"]}
}

test_high_ids_and_root_and_no_id_pass if {
	paths({"runAsUser": 10001}, {}) == set()
	paths({"runAsUser": 0}, {"runAsUser": 0}) == set()
	paths({}, {"runAsUser": "1000"}) == set()
}

test_a_user_namespace_is_not_applicable if {
	namespaced := {"spec": {"hostUsers": false, "securityContext": {"runAsUser": 1000}}, "containers": []}
	count(low_user_id.fail) == 0 with input as namespaced with data.scan as scan
	count(low_user_id.not_applicable) == 1 with input as namespaced with data.scan as scan
}
