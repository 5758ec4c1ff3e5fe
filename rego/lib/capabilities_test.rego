package kubeassay.lib.capabilities_test

import data.kubeassay.lib.capabilities

with_capabilities(lists) := {"containers": [{
	"path": ["spec", "containers", 0],
	"securityContext": {"capabilities": lists},
}]}

drop_path := ["spec", "containers", 0, "securityContext", "capabilities", "drop"]

test_added_by_written_and_canonical_name if {
	found := capabilities.added with input as with_capabilities({"add": ["KILL", "cap_net_raw"]})
	{[each.name, each.canonical, each.path[6]] | some each in found} == {
		["KILL", "KILL", 0],
		["cap_net_raw", "NET_RAW", 1],
	}
}

test_dropping_all_keeps_nothing if {
	count(capabilities.keeping) == 0 with input as with_capabilities({"drop": ["NET_RAW", "ALL"]})
}

test_dropping_nothing_keeps_net_raw if {
	every lists in [{}, {"drop": []}, {"drop": null}, {"drop": ["KILL"]}] {
		capabilities.keeping == {{"path": drop_path, "net_raw": true}} with input as with_capabilities(lists)
	}
}

test_dropping_net_raw_keeps_others if {
	every lists in [{"drop": ["NET_RAW"]}, {"drop": ["CAP_NET_RAW", "KILL"]}, {"drop": ["all"]}] {
		capabilities.keeping == {{"path": drop_path, "net_raw": false}} with input as with_capabilities(lists)
	}
}
