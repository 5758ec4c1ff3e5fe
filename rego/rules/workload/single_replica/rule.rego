# METADATA
# title: Too few replicas to lose one
# description: >-
#   While the only pod is moved, updated or restarted, nobody answers. What must not run twice, such as a
#   database without replication, is right to have one.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
# custom:
#   id: KA-W-0110
#   severity: low
#   over: workload
#   kinds:
#     - ReplicationController
#     - Deployment.apps
#     - ReplicaSet.apps
#     - StatefulSet.apps
#     - DeploymentConfig.apps.openshift.io
#     - Rollout.argoproj.io
#     - CloneSet.apps.kruise.io
#   reads: [facts.autoscaling.is_scaled, workload.spec.replicas]
#   tags: [reliability]
#   remediation: Set replicas to 2 or more where the program can run twice.
#   parameters:
#     fewest: {default: 2, description: The fewest replicas that are enough.}
package kubeassay.rules.workload.single_replica

fail contains finding if {
	count(not_applicable) == 0
	fewest := data.scan.parameters["workload.single_replica"].fewest
	replicas < fewest
	finding := {
		"message": sprintf("The number of replicas is %v, less than %v", [replicas, fewest]),
		"path": ["spec", "replicas"],
		"root": "object",
	}
}

replicas := object.get(input, ["workload", "spec", "replicas"], 1)

not_applicable contains {"message": message, "path": ["spec", "replicas"], "root": "object"} if {
	some message in reasons
}

reasons contains "It is scaled to zero" if replicas == 0

reasons contains "Its autoscaler sets the number of replicas" if input.facts.autoscaling.is_scaled

reasons contains "The manifest leaves the number of replicas open, as for an autoscaler" if {
	not data.scan.snapshot
	not is_number(replicas_if_set)
}

replicas_if_set := object.get(input, ["workload", "spec", "replicas"], null)
