package kubeassay.rules.workload.pdb_missing_test

import data.kubeassay.rules.workload.pdb_missing

workload(replicas, budgets) := {"facts": {"disruption": {"replicas": replicas, "budgets": budgets}}}

test_replicas_without_budget_fail if {
	found := pdb_missing.fail with input as workload(3, [])
	found == {{
		"message": "No PodDisruptionBudget selects the 3 replicas",
		"path": ["spec", "replicas"],
		"root": "object",
	}}
}

test_budget_passes if {
	count(pdb_missing.fail) == 0 with input as workload(3, ["api"])
}

test_single_replica_does_not_apply if {
	count(pdb_missing.fail) == 0 with input as workload(1, [])
	count(pdb_missing.not_applicable) == 1 with input as workload(1, [])
}
