package kubeassay.rules.workload.proc_mount_unmasked_test

import data.kubeassay.rules.workload.proc_mount_unmasked

faults(type, host_users, minor) := found if {
	found := count(proc_mount_unmasked.fail) with input as {
		"spec": {"hostUsers": host_users},
		"containers": [{"path": ["spec", "containers", 0], "securityContext": {"procMount": type}}],
	}
		with data.scan as {"kubernetes": {"major": 1, "minor": minor}}
}

test_unmasked_in_a_user_namespace if {
	faults("Unmasked", false, 35) == 0
	faults("Unmasked", false, 34) == 1
}

test_unmasked_outside_of_one if {
	faults("Unmasked", true, 35) == 1
	faults("Unmasked", null, 35) == 1
}

test_default_passes if {
	faults("Default", false, 35) == 0
	faults("Default", true, 35) == 0
	faults(null, true, 35) == 0
}
