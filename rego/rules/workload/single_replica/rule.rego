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
#   reads: [facts.disruption.replicas]
#   tags: [reliability]
#   remediation: Set replicas, or minReplicas of its autoscaler, to 2 or more where the program can run twice.
#   parameters:
#     fewest: {default: 2, description: The fewest replicas that are enough.}
package kubeassay.rules.workload.single_replica

fail contains finding if {
	replicas := input.facts.disruption.replicas
	replicas > 0
	fewest := data.scan.parameters["workload.single_replica"].fewest
	replicas < fewest
	finding := {
		"message": sprintf("Replicas that are meant to run: %d, fewer than %d", [replicas, fewest]),
		"path": ["spec", "replicas"],
		"root": "object",
	}
}

not_applicable contains {"message": "The manifest leaves the number of replicas open", "path": ["spec", "replicas"], "root": "object"} if {
	not input.facts.disruption.replicas
}

not_applicable contains {"message": "It is scaled to zero", "path": ["spec", "replicas"], "root": "object"} if {
	input.facts.disruption.replicas == 0
}
