# METADATA
# title: Replicated workload has no PodDisruptionBudget
# description: Draining nodes, as every upgrade of the cluster does, may take all its pods at once.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/run-application/configure-pdb/
# custom:
#   id: KA-W-0300
#   severity: low
#   over: workload
#   kinds:
#     - Deployment.apps
#     - StatefulSet.apps
#     - Rollout.argoproj.io
#     - DeploymentConfig.apps.openshift.io
#     - CloneSet.apps.kruise.io
#   snapshot_only: true
#   reads: [facts.disruption.protected, facts.disruption.replicas]
#   tags: [reliability]
#   remediation: Add a PodDisruptionBudget that selects the pods, with maxUnavailable 1 for instance.
package kubeassay.rules.workload.pdb_missing

fail contains finding if {
	input.facts.disruption.replicas > 1
	input.facts.disruption.protected == false
	finding := {
		"message": sprintf("No PodDisruptionBudget selects the %d replicas", [input.facts.disruption.replicas]),
		"path": ["spec", "replicas"],
		"root": "object",
	}
}

not_applicable contains finding if {
	input.facts.disruption.replicas <= 1
	finding := {"message": "With one replica every eviction is an interruption", "path": []}
}
