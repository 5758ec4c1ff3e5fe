# METADATA
# title: Container has no liveness probe
# description: >-
#   A program that hangs goes on hanging, and nothing restarts it. One that exits when it can go on no more
#   needs no probe, and a probe that asks too much restarts healthy ones: let it ask the program alone.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   id: KA-W-0100
#   severity: low
#   over: workload
#   kinds:
#     - Pod
#     - ReplicationController
#     - Deployment.apps
#     - ReplicaSet.apps
#     - StatefulSet.apps
#     - DaemonSet.apps
#     - Deployment.extensions
#     - ReplicaSet.extensions
#     - DaemonSet.extensions
#     - DeploymentConfig
#     - DeploymentConfig.apps.openshift.io
#     - Rollout.argoproj.io
#     - CloneSet.apps.kruise.io
#     - StatefulSet.apps.kruise.io
#     - DaemonSet.apps.kruise.io
#   reads: [containers.livenessProbe, spec.restartPolicy]
#   tags: [reliability]
#   remediation: Add a livenessProbe that fails only when a restart would help.
package kubeassay.rules.workload.liveness_probe_missing

fail contains finding if {
	count(not_applicable) == 0
	some container in input.containers
	container.type == "container"
	not has_probe(container)
	finding := {
		"message": "{container} has no liveness probe",
		"path": array.concat(container.path, ["livenessProbe"]),
	}
}

has_probe(container) if is_object(container.livenessProbe)

not_applicable contains {"message": "The pod runs to an end", "path": ["spec", "restartPolicy"]} if {
	object.get(input, ["spec", "restartPolicy"], "Always") != "Always"
}
