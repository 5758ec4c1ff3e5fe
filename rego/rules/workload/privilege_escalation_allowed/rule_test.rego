package kubeassay.rules.workload.privilege_escalation_allowed_test

import data.kubeassay.rules.workload.privilege_escalation_allowed

faults(context, os, minor) := found if {
	found := count(privilege_escalation_allowed.fail) with input as {
		"spec": {"os": {"name": os}},
		"containers": [{"path": ["spec", "containers", 0], "securityContext": context}],
	}
		with data.scan as {"kubernetes": {"major": 1, "minor": minor}}
}

test_anything_but_false_fails if {
	faults({"allowPrivilegeEscalation": true}, "linux", 37) == 1
	faults({"allowPrivilegeEscalation": null}, "linux", 37) == 1
	faults({}, "linux", 37) == 1
	faults(null, "linux", 37) == 1
}

test_message_tells_allowed_from_silent if {
	container := {"path": ["spec", "containers", 0], "securityContext": {"allowPrivilegeEscalation": true}}
	found := privilege_escalation_allowed.fail with input as {"containers": [container]}
	{finding.message | some finding in found} == {"{container} allows privilege escalation"}
}

test_false_passes if {
	faults({"allowPrivilegeEscalation": false}, "linux", 37) == 0
}

test_windows_is_exempt_from_1_25 if {
	faults({}, "windows", 25) == 0
	faults({}, "windows", 24) == 1
	count(privilege_escalation_allowed.not_applicable) == 1 with input as {"spec": {"os": {"name": "windows"}}}
		with data.scan as {"kubernetes": {"major": 1, "minor": 25}}
}
