# METADATA
# title: Several PodDisruptionBudgets select the same pods
# description: The API server refuses every eviction of such a pod, so its node cannot be drained.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/run-application/configure-pdb/#arbitrary-controllers-and-selectors
# custom:
#   id: KA-W-0303
#   severity: medium
#   over: workload
#   reads: [facts.disruption.overlapping]
#   tags: [reliability]
#   remediation: Keep one budget for each workload.
package kubeassay.rules.workload.pdb_overlapping

fail contains finding if {
	count(input.facts.disruption.overlapping) > 0
	finding := {
		"message": sprintf("These PodDisruptionBudgets select the pods: %s", [concat(", ", input.facts.disruption.overlapping)]),
		"path": ["metadata", "labels"],
	}
}
