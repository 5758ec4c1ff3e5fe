package kubeassay.rules.workload.cpu_limit_missing_test

import data.kubeassay.rules.workload.cpu_limit_missing

paths(type, resources) := found if {
	faults := cpu_limit_missing.fail with data.scan as {"kubernetes": {"minor": 37}} with input as {
		"containers": [{"type": type, "path": ["spec", "containers", 0], "resources": resources}],
		"facts": {"limit_ranges": {"defaults": {"limits": [], "requests": []}}},
	}
	found := {finding.path | some finding in faults}
}

field := ["spec", "containers", 0, "resources", "limits", "cpu"]

test_missing_fails if {
	paths("container", {}) == {field}
	paths("sidecar", {"limits": {"other": 1}}) == {field}
}

test_set_passes if paths("container", {"limits": {"cpu": "1"}}) == set()

test_a_request_is_no_limit if paths("init", {"requests": {"cpu": "1"}}) == {field}

test_ephemeral_containers_cannot_have_one if paths("ephemeral", {}) == set()
