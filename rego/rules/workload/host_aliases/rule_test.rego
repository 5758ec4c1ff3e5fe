package kubeassay.rules.workload.host_aliases_test

import data.kubeassay.rules.workload.host_aliases

messages(aliases) := found if {
	faults := host_aliases.fail with input as {"spec": {"hostAliases": aliases}}
	found := {finding.message | some finding in faults}
}

test_aliases_fail if {
	messages([{"ip": "192.0.2.1", "hostnames": ["b.example.com", "a.example.com"]}]) == {"The pod's hosts file gives addresses to a.example.com, b.example.com"}
	messages([{"ip": "192.0.2.1", "hostnames": ["a", "b", "c", "d"]}]) == {"The pod's hosts file gives addresses to 4 names"}
	messages([{"ip": "192.0.2.1"}]) == {"The pod's hosts file gives addresses to 0 names"}
}

test_none_pass if messages([]) == set()
