# METADATA
# title: Workload sets replicas that an autoscaler decides
# description: Each time the manifest is applied, the number of pods falls back to this one, whatever the load.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling
# custom:
#   id: KA-W-0307
#   severity: low
#   over: workload
#   kinds:
#     - Deployment.apps
#     - StatefulSet.apps
#     - ReplicaSet.apps
#     - Rollout.argoproj.io
#   reads: [workload.spec.replicas, facts.autoscaling.is_scaled]
#   tags: [reliability]
#   remediation: Remove replicas from the manifest.
package kubeassay.rules.workload.replicas_beside_hpa

fail contains finding if {
	not data.scan.snapshot
	input.facts.autoscaling.is_scaled == true
	is_number(input.workload.spec.replicas)
	finding := {
		"message": "Applying this sets {value} replicas, whatever the autoscaler decided",
		"path": ["spec", "replicas"],
		"root": "object",
	}
}

not_applicable contains finding if {
	data.scan.snapshot
	finding := {"message": "In a cluster the field always holds the present number", "path": []}
}
