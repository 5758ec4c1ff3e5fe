package kubeassay.rules.workload.root_group_test

import data.kubeassay.rules.workload.root_group

paths(spec, container) := found if {
	faults := root_group.fail with data.scan as {"kubernetes": {"minor": 37}} with input as {
		"spec": spec,
		"containers": [{"path": ["spec", "containers", 0], "securityContext": container}],
	}
	found := {finding.path | some finding in faults}
}

test_each_field_fails if {
	paths({"securityContext": {"runAsGroup": 0, "fsGroup": 0, "supplementalGroups": [1, 0]}}, {"runAsGroup": 0}) == {
		["spec", "securityContext", "runAsGroup"],
		["spec", "securityContext", "fsGroup"],
		["spec", "securityContext", "supplementalGroups", 1],
		["spec", "containers", 0, "securityContext", "runAsGroup"],
	}
}

test_other_groups_pass if {
	paths({"securityContext": {"runAsGroup": 5, "supplementalGroups": "0"}}, {"runAsGroup": false}) == set()
}

test_a_user_namespace_passes if paths({"hostUsers": false}, {"runAsGroup": 0}) == set()
