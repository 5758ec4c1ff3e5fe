# METADATA
# title: PodDisruptionBudget keeps broken pods on their node
# description: >-
#   By default a running pod that is not ready is not evicted while too few others are, so an application
#   that crashes already keeps its nodes from being drained.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy
# custom:
#   id: KA-W-0302
#   severity: info
#   over: object
#   kinds: [PodDisruptionBudget.policy]
#   reads: [spec.unhealthyPodEvictionPolicy]
#   tags: [reliability]
#   remediation: Set unhealthyPodEvictionPolicy to AlwaysAllow.
package kubeassay.rules.workload.pdb_keeps_unhealthy_pods

fail contains finding if {
	data.scan.kubernetes.minor >= 27
	object.get(input, ["spec", "unhealthyPodEvictionPolicy"], "IfHealthyBudget") != "AlwaysAllow"
	finding := {
		"message": "Pods that are not ready can keep their node from being drained",
		"path": ["spec", "unhealthyPodEvictionPolicy"],
	}
}

not_applicable contains finding if {
	data.scan.kubernetes.minor < 27
	finding := {"message": "The field is on by default since Kubernetes 1.27 only", "path": []}
}
