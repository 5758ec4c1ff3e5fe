# METADATA
# title: Pod is killed without time to shut down
# description: >-
#   With no grace period the processes get no signal to finish: requests break off, and what was not written
#   is lost.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#pod-termination
# custom:
#   id: KA-W-0120
#   severity: low
#   over: workload
#   reads: [spec.terminationGracePeriodSeconds]
#   tags: [reliability]
#   remediation: Remove terminationGracePeriodSeconds, which leaves 30 seconds, or set what the program needs.
package kubeassay.rules.workload.termination_grace_zero

fail contains finding if {
	input.spec.terminationGracePeriodSeconds == 0
	finding := {
		"message": "The pod has no time to shut down",
		"path": ["spec", "terminationGracePeriodSeconds"],
	}
}
