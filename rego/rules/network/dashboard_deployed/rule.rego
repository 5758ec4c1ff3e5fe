# METADATA
# title: Kubernetes Dashboard is deployed
# description: >-
#   A web interface to the whole cluster is a prize for attackers, and this one has been archived without
#   further fixes since January 2026.
# scope: package
# related_resources:
#   - ref: https://github.com/kubernetes-retired/dashboard
# custom:
#   id: KA-N-0007
#   severity: medium
#   over: workload
#   reads: [containers.image]
#   remediation: Remove it; use kubectl or a maintained interface that acts with each user's own permissions.
package kubeassay.rules.network.dashboard_deployed

fail contains finding if {
	some container in input.containers
	regex.match(
		`(^|/)(kubernetesui/dashboard(-web|-api|-auth)?|kubernetes-dashboard(-amd64)?)(:|@|$)`,
		container.image,
	)
	finding := {
		"message": "{container} is the Kubernetes Dashboard, which has no maintainers any more",
		"path": array.concat(container.path, ["image"]),
	}
}
