package kubeassay.rules.workload.selinux_options_test

import data.kubeassay.rules.workload.selinux_options

failing(options, minor) := found if {
	faults := selinux_options.fail with input as {"spec": {"securityContext": {"seLinuxOptions": options}}}
		with data.scan as {"kubernetes": {"major": 1, "minor": minor}}
	found := {finding.path[3] | some finding in faults}
}

test_each_field_is_a_fault_of_its_own if {
	failing({"user": "u", "role": "r", "type": "spc_t", "level": "s0"}, 37) == {"user", "role", "type"}
}

test_empty_fields_pass if {
	failing({"user": "", "role": null, "type": ""}, 37) == set()
	failing(null, 37) == set()
}

test_container_engine_t_from_1_31 if {
	failing({"type": "container_engine_t"}, 31) == set()
	failing({"type": "container_engine_t"}, 30) == {"type"}
}

test_container_fails if {
	found := selinux_options.fail with input as {"containers": [{
		"path": ["spec", "containers", 0],
		"securityContext": {"seLinuxOptions": {"user": "u"}},
	}]}
		with data.scan as {"kubernetes": {"major": 1, "minor": 37}}
	found == {{
		"message": "SELinux user of {container} is {value}",
		"path": ["spec", "containers", 0, "securityContext", "seLinuxOptions", "user"],
	}}
}
