package kubeassay.rules.workload.volume_type_restricted_test

import data.kubeassay.rules.workload.volume_type_restricted

failing(volumes) := found if {
	faults := volume_type_restricted.fail with input as {"spec": {"volumes": volumes}}
	found := {finding.path | some finding in faults}
}

test_forbidden_and_unknown_types_fail if {
	failing([{"name": "a", "nfs": {}}, {"name": "b", "floppyDisk": {}}]) == {
		["spec", "volumes", 0, "nfs"],
		["spec", "volumes", 1, "floppyDisk"],
	}
}

test_allowed_types_pass if {
	failing([{"name": "a", type: {}} | some type in volume_type_restricted.allowed]) == set()
}

test_no_source_is_an_empty_dir if {
	failing([{"name": "a"}, {"name": "b", "nfs": null}]) == set()
	failing(null) == set()
}

test_host_path_is_another_fault if {
	failing([{"name": "a", "hostPath": {"path": "/"}}]) == set()
}
