package kubeassay.rules.workload.cpu_request_missing_test

import data.kubeassay.rules.workload.cpu_request_missing

paths(type, resources) := found if {
	faults := cpu_request_missing.fail with data.scan as {"kubernetes": {"minor": 37}} with input as {
		"containers": [{"type": type, "path": ["spec", "containers", 0], "resources": resources}],
		"facts": {"limit_ranges": {"defaults": {"limits": [], "requests": []}}},
	}
	found := {finding.path | some finding in faults}
}

field := ["spec", "containers", 0, "resources", "requests", "cpu"]

test_missing_fails if {
	paths("container", {}) == {field}
	paths("sidecar", {"requests": {"other": 1}}) == {field}
}

test_set_passes if paths("container", {"requests": {"cpu": "1"}}) == set()

test_a_limit_is_a_request if paths("container", {"limits": {"cpu": "1"}}) == set()

test_init_containers_need_none if paths("init", {}) == set()

test_an_autoscaler_makes_it_another_fault if {
	pod := {
		"containers": [{"type": "container", "path": ["spec", "containers", 0]}],
		"facts": {"autoscaling": {"requests_needed": ["cpu"]}, "limit_ranges": {"defaults": {}}},
	}
	count(cpu_request_missing.fail) == 0 with input as pod with data.scan as {"kubernetes": {"minor": 37}}
}
