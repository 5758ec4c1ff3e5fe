package kubeassay.rules.workload.volume_type_restricted_test

import data.kubeassay.rules.workload.volume_type_restricted

failing(types) := found if {
	faults := volume_type_restricted.fail with input as {"facts": {"volumes": {"types": types}}}
	found := {finding.path | some finding in faults}
}

test_forbidden_and_unknown_types_fail if {
	failing([["nfs"], ["floppyDisk"]]) == {
		["spec", "volumes", 0, "nfs"],
		["spec", "volumes", 1, "floppyDisk"],
	}
}

test_allowed_types_pass if {
	failing([[type] | some type in volume_type_restricted.allowed]) == set()
}

test_no_source_is_an_empty_dir if failing([[]]) == set()

test_host_path_is_another_fault if failing([["hostPath"]]) == set()
