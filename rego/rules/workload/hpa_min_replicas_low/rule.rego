# METADATA
# title: Autoscaler may leave a single replica
# description: In quiet hours one failing node or pod then interrupts the service.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
# custom:
#   id: KA-W-0305
#   severity: low
#   over: object
#   kinds: [HorizontalPodAutoscaler.autoscaling]
#   reads: [spec.minReplicas]
#   parameters:
#     minimum:
#       default: 2
#       description: The fewest replicas that are enough.
#   tags: [reliability]
#   remediation: Set minReplicas to 2, or to 3 to stay redundant while a node is drained.
package kubeassay.rules.workload.hpa_min_replicas_low

fail contains finding if {
	replicas := object.get(input, ["spec", "minReplicas"], 1)
	minimum := data.scan.parameters["workload.hpa_min_replicas_low"].minimum
	replicas < minimum
	finding := {
		"message": sprintf("The autoscaler may scale down to %v, fewer than %d", [replicas, minimum]),
		"path": ["spec", "minReplicas"],
	}
}
