package kubeassay.rules.workload.pdb_missing_test

import data.kubeassay.rules.workload.pdb_missing

workload(replicas, protected) := {"facts": {"disruption": {"replicas": replicas, "protected": protected}}}

test_replicas_without_budget_fail if {
	found := pdb_missing.fail with input as workload(3, false)
	found == {{
		"message": "No PodDisruptionBudget selects the 3 replicas",
		"path": ["spec", "replicas"],
		"root": "object",
	}}
}

test_budget_passes if {
	count(pdb_missing.fail) == 0 with input as workload(3, true)
}

test_single_replica_does_not_apply if {
	count(pdb_missing.fail) == 0 with input as workload(1, false)
	count(pdb_missing.not_applicable) == 1 with input as workload(1, false)
}
