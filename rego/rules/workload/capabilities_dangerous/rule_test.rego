package kubeassay.rules.workload.capabilities_dangerous_test

import data.kubeassay.rules.workload.capabilities_dangerous

adding(names) := {"containers": [{
	"path": ["spec", "containers", 0],
	"securityContext": {"capabilities": {"add": names}},
}]}

failing(names) := found if {
	found := {finding.path[6] | some finding in capabilities_dangerous.fail} with input as adding(names)
}

test_each_is_a_fault_of_its_own if {
	names := ["SYS_ADMIN", "chown", "CAP_KILL", "NET_ADMIN"]
	failing(names) == {i | some i, _ in names}
}

test_other_capabilities_pass if {
	failing(["ALL", "CAP_ALL", "NET_RAW", "CHOWN", "NET_BIND_SERVICE"]) == set()
}

test_no_capabilities_pass if {
	failing([]) == set()
	failing(null) == set()
	count(capabilities_dangerous.fail) == 0 with input as {"containers": [{"path": []}]}
}
