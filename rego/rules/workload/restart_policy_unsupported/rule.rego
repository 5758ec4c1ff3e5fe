# METADATA
# title: The kind does not allow the pod's restart policy
# description: >-
#   The API server refuses the object: controllers that keep pods running allow only Always, and Jobs allow
#   only OnFailure and Never, which they must name since Always is the default.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/pods/pod-lifecycle/#restart-policy
# custom:
#   id: KA-W-0114
#   severity: medium
#   over: workload
#   kinds:
#     - ReplicationController
#     - Deployment.apps
#     - ReplicaSet.apps
#     - StatefulSet.apps
#     - DaemonSet.apps
#     - Job.batch
#     - CronJob.batch
#   reads: [spec.restartPolicy, workload.group_kind]
#   tags: [reliability]
#   remediation: Remove restartPolicy, or for Jobs set it to OnFailure or Never.
package kubeassay.rules.workload.restart_policy_unsupported

fail contains finding if {
	policy := object.get(input, ["spec", "restartPolicy"], "Always")
	not policy in allowed
	finding := {
		"message": sprintf("Restart policy %v is not allowed here, only %s", [policy, concat(" or ", allowed)]),
		"path": ["spec", "restartPolicy"],
	}
}

allowed := ["OnFailure", "Never"] if {
	input.workload.group_kind in {"Job.batch", "CronJob.batch"}
} else := ["Always"]
