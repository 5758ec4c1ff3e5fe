# METADATA
# title: Autoscaler has no room to scale
# description: maxReplicas is no more than minReplicas, so the number of pods never follows the load.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
# custom:
#   id: KA-W-0306
#   severity: low
#   over: object
#   kinds: [HorizontalPodAutoscaler.autoscaling]
#   reads: [spec.minReplicas, spec.maxReplicas]
#   tags: [reliability]
#   remediation: Raise maxReplicas, or remove the autoscaler and set replicas.
package kubeassay.rules.workload.hpa_cannot_scale

fail contains finding if {
	input.spec.maxReplicas <= object.get(input.spec, "minReplicas", 1)
	finding := {
		"message": "The autoscaler keeps {value} replicas at most, which is its minimum too",
		"path": ["spec", "maxReplicas"],
	}
}
