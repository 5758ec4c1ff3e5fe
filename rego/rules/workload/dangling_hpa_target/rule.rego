# METADATA
# title: Autoscaler scales something that does not exist
# description: The workload that was meant is not scaled, whatever its load.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
# custom:
#   id: KA-W-0309
#   severity: medium
#   over: object
#   kinds:
#     - HorizontalPodAutoscaler.autoscaling
#     - VerticalPodAutoscaler.autoscaling.k8s.io
#     - ScaledObject.keda.sh
#   snapshot_only: true
#   reads: [facts.autoscaling.missing_target]
#   tags: [reliability]
#   remediation: Correct the reference, or delete the autoscaler.
package kubeassay.rules.workload.dangling_hpa_target

fail contains finding if {
	target := input.facts.autoscaling.missing_target
	finding := {
		"message": sprintf("There is no %s %s in the namespace", [target.kind, target.name]),
		"path": target.path,
	}
}
