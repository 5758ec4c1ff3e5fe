# METADATA
# title: Container has no readiness probe
# description: >-
#   It gets requests as soon as its process starts, and a rollout goes on to the next pod although the new
#   one answers nothing.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   id: KA-W-0101
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
#   reads: [containers.readinessProbe, spec.restartPolicy]
#   tags: [reliability]
#   remediation: Add a readinessProbe that succeeds once the container can serve requests.
package kubeassay.rules.workload.readiness_probe_missing

fail contains finding if {
	count(not_applicable) == 0
	some container in input.containers
	container.type == "container"
	not has_probe(container)
	finding := {
		"message": "{container} has no readiness probe",
		"path": array.concat(container.path, ["readinessProbe"]),
	}
}

has_probe(container) if is_object(container.readinessProbe)

not_applicable contains {"message": "The pod runs to an end", "path": ["spec", "restartPolicy"]} if {
	object.get(input, ["spec", "restartPolicy"], "Always") != "Always"
}
