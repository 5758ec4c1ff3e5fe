package kubeassay.rules.workload.dangling_pdb_test

import data.kubeassay.rules.workload.dangling_pdb

budget(none) := {"facts": {"disruption": {"protects_none": none}}}

test_selecting_none_fails if {
	found := dangling_pdb.fail with input as budget(true)
	{finding.path | some finding in found} == {["spec", "selector"]}
}

test_selecting_some_passes if {
	count(dangling_pdb.fail) == 0 with input as budget(false)
}
