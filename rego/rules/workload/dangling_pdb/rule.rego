# METADATA
# title: PodDisruptionBudget selects no pods
# description: The pods that it was meant for are unprotected; most often a label is mistyped.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/run-application/configure-pdb/
# custom:
#   id: KA-W-0304
#   severity: low
#   over: object
#   kinds: [PodDisruptionBudget.policy]
#   snapshot_only: true
#   reads: [facts.disruption.protects_none]
#   tags: [reliability]
#   remediation: Correct the selector, or delete the budget.
package kubeassay.rules.workload.dangling_pdb

fail contains finding if {
	input.facts.disruption.protects_none == true
	finding := {
		"message": "The budget's selector matches no workload in its namespace",
		"path": ["spec", "selector"],
	}
}
