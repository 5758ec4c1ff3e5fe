package kubeassay.rules.workload.pdb_overlapping_test

import data.kubeassay.rules.workload.pdb_overlapping

workload(budgets) := {"facts": {"disruption": {"overlapping": budgets}}}

test_two_budgets_fail if {
	found := pdb_overlapping.fail with input as workload(["all", "api"])
	found == {{
		"message": "These PodDisruptionBudgets select the pods: all, api",
		"path": ["metadata", "labels"],
	}}
}

test_one_or_none_passes if {
	count(pdb_overlapping.fail) == 0 with input as workload([])
}
