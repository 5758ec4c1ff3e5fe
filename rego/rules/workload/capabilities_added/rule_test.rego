package kubeassay.rules.workload.capabilities_added_test

import data.kubeassay.rules.workload.capabilities_added

adding(names, os) := {
	"spec": {"os": {"name": os}},
	"containers": [{"path": ["spec", "containers", 0], "securityContext": {"capabilities": {"add": names}}}],
}

failing(names, os, minor) := found if {
	faults := capabilities_added.fail with input as adding(names, os)
		with data.scan as {"kubernetes": {"major": 1, "minor": minor}}
	found := {finding.path[6] | some finding in faults}
}

test_capability_of_the_default_set_fails if {
	failing(["CHOWN", "NET_BIND_SERVICE", "KILL"], "linux", 37) == {0, 2}
}

test_capability_beyond_the_default_set_is_another_fault if {
	failing(["SYS_ADMIN", "ALL", "chown"], "linux", 37) == set()
}

test_windows_is_exempt_from_1_25 if {
	failing(["CHOWN"], "windows", 25) == set()
	failing(["CHOWN"], "windows", 24) == {0}
	count(capabilities_added.not_applicable) == 1 with input as adding([], "windows")
		with data.scan as {"kubernetes": {"major": 1, "minor": 25}}
}
