# METADATA
# title: PodDisruptionBudget never allows an eviction
# description: >-
#   Nodes with these pods cannot be drained: upgrades and scaling down hang until somebody deletes pods by
#   force.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/run-application/configure-pdb/#rounding-logic-when-specifying-percentages
# custom:
#   id: KA-W-0301
#   severity: medium
#   over: object
#   kinds: [PodDisruptionBudget.policy]
#   reads: [spec.minAvailable, spec.maxUnavailable, facts.disruption.sure_replicas]
#   tags: [reliability]
#   remediation: Use maxUnavailable 1, or a minAvailable below the fewest replicas there may be.
package kubeassay.rules.workload.pdb_blocks_eviction

fail contains finding if {
	input.spec.maxUnavailable in {0, "0%"}
	finding := {"message": "The budget lets no pod be evicted", "path": ["spec", "maxUnavailable"]}
}

fail contains finding if {
	input.spec.minAvailable == "100%"
	finding := {"message": "The budget wants all pods available", "path": ["spec", "minAvailable"]}
}

fail contains finding if {
	input.spec.minAvailable != "100%"
	total := input.facts.disruption.sure_replicas
	total > 0
	wanted := needed(input.spec.minAvailable, total)
	wanted >= total
	finding := {
		"message": sprintf("The budget wants %d of the %d pods available that are sure to run", [wanted, total]),
		"path": ["spec", "minAvailable"],
	}
}

needed(minimum, _) := minimum if is_number(minimum)

needed(minimum, total) := ceil((to_number(trim_suffix(minimum, "%")) * total) / 100) if {
	is_string(minimum)
	regex.match(`^\d{1,3}%$`, minimum)
}
