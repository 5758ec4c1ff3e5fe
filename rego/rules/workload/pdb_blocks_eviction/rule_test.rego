package kubeassay.rules.workload.pdb_blocks_eviction_test

import data.kubeassay.rules.workload.pdb_blocks_eviction

budget(spec, replicas) := {"spec": spec, "facts": {"disruption": {"sure_replicas": replicas}}}

test_no_disruption_allowed_fails if {
	found := pdb_blocks_eviction.fail with input as budget({"maxUnavailable": 0}, 3)
	{finding.path | some finding in found} == {["spec", "maxUnavailable"]}
	count(pdb_blocks_eviction.fail) == 1 with input as budget({"maxUnavailable": "0%"}, null)
	count(pdb_blocks_eviction.fail) == 1 with input as budget({"minAvailable": "100%"}, 3)
}

test_minimum_of_all_replicas_fails if {
	found := pdb_blocks_eviction.fail with input as budget({"minAvailable": 3}, 3)
	found == {{
		"message": "The budget wants 3 of the 3 pods available that are sure to run",
		"path": ["spec", "minAvailable"],
	}}
}

test_percentages_are_rounded_up if {
	count(pdb_blocks_eviction.fail) == 1 with input as budget({"minAvailable": "50%"}, 1)
	count(pdb_blocks_eviction.fail) == 0 with input as budget({"minAvailable": "50%"}, 2)
}

test_allowing_one_passes if {
	count(pdb_blocks_eviction.fail) == 0 with input as budget({"maxUnavailable": 1}, 1)
	count(pdb_blocks_eviction.fail) == 0 with input as budget({"minAvailable": 2}, 3)
}

test_unknown_replicas_pass if {
	count(pdb_blocks_eviction.fail) == 0 with input as {"spec": {"minAvailable": 3}}
	count(pdb_blocks_eviction.fail) == 0 with input as budget({"minAvailable": 3}, 0)
}
