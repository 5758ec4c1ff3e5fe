package kubeassay.rules.workload.net_raw_added_test

import data.kubeassay.rules.workload.net_raw_added

adding(names) := {"containers": [{
	"path": ["spec", "containers", 0],
	"securityContext": {"capabilities": {"add": names}},
}]}

failing(names) := found if {
	found := {finding.path[6] | some finding in net_raw_added.fail} with input as adding(names)
}

test_each_is_a_fault_of_its_own if {
	names := ["NET_RAW", "net_raw", "CAP_NET_RAW"]
	failing(names) == {i | some i, _ in names}
}

test_other_capabilities_pass if {
	failing(["ALL", "SYS_ADMIN", "NET_ADMIN"]) == set()
}

test_no_capabilities_pass if {
	failing([]) == set()
	failing(null) == set()
	count(net_raw_added.fail) == 0 with input as {"containers": [{"path": []}]}
}
