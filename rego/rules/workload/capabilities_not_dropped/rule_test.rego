package kubeassay.rules.workload.capabilities_not_dropped_test

import data.kubeassay.rules.workload.capabilities_not_dropped

dropping(names) := {
	"spec": {"os": {"name": "linux"}},
	"containers": [{"path": ["spec", "containers", 0], "securityContext": {"capabilities": {"drop": names}}}],
}

faults(subject) := found if {
	found := capabilities_not_dropped.fail with input as subject with data.scan as {"kubernetes": {"major": 1, "minor": 37}}
}

test_dropping_a_part_fails if {
	{finding.path | some finding in faults(dropping(["NET_RAW"]))} == {[
		"spec", "containers", 0,
		"securityContext", "capabilities", "drop",
	]}
}

test_dropping_other_parts_is_another_fault if {
	faults(dropping(["KILL"])) == set()
	faults(dropping([])) == set()
}

test_dropping_all_passes if {
	faults(dropping(["ALL"])) == set()
}

test_windows_is_exempt if {
	subject := object.union(dropping([]), {"spec": {"os": {"name": "windows"}}})
	faults(subject) == set()
	count(capabilities_not_dropped.not_applicable) == 1 with input as subject
		with data.scan as {"kubernetes": {"major": 1, "minor": 37}}
}
