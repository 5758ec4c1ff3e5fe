package kubeassay.rules.workload.all_capabilities_added_test

import data.kubeassay.rules.workload.all_capabilities_added

adding(names) := {"containers": [{
	"path": ["spec", "containers", 0],
	"securityContext": {"capabilities": {"add": names}},
}]}

failing(names) := found if {
	found := {finding.path[6] | some finding in all_capabilities_added.fail} with input as adding(names)
}

test_each_is_a_fault_of_its_own if {
	names := ["ALL", "all", "CAP_ALL"]
	failing(names) == {i | some i, _ in names}
}

test_other_capabilities_pass if {
	failing(["NET_RAW", "SYS_ADMIN", "CHOWN"]) == set()
}

test_no_capabilities_pass if {
	failing([]) == set()
	failing(null) == set()
	count(all_capabilities_added.fail) == 0 with input as {"containers": [{"path": []}]}
}
