# METADATA
# title: Manifest names no namespace
# description: >-
#   It goes wherever the command line or its context points, which may be the default namespace or another
#   team's.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/
# custom:
#   id: KA-NS-0005
#   severity: info
#   over: object
#   kinds:
#     - Pod
#     - Deployment.apps
#     - StatefulSet.apps
#     - DaemonSet.apps
#     - ReplicaSet.apps
#     - ReplicationController
#     - Job.batch
#     - CronJob.batch
#     - Service
#   reads: [facts.namespaces.placement]
#   tags: [convention]
#   remediation: Set metadata.namespace, unless kubectl -n, Helm or Kustomize sets it.
package kubeassay.rules.namespace.namespace_missing

fail contains finding if {
	input.facts.namespaces.placement == "unnamed"
	not data.scan.snapshot
	finding := {
		"message": sprintf("The %s names no namespace", [input.kind]),
		"path": ["metadata", "namespace"],
	}
}

not_applicable contains finding if {
	data.scan.snapshot
	finding := {"message": "In a cluster every such object is in a namespace", "path": []}
}
