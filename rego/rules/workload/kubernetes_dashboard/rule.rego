# METADATA
# title: Kubernetes Dashboard is deployed
# description: >-
#   Whoever gets past its login, or finds it with none, works in the cluster through the browser. The
#   project was archived in January 2026 and gets no more fixes.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/access-application-cluster/web-ui-dashboard/
# custom:
#   id: KA-W-0059
#   severity: medium
#   over: workload
#   reads: [facts.images.components]
#   remediation: Remove it; use kubectl, or a maintained interface such as Headlamp on the users' own machines.
package kubeassay.rules.workload.kubernetes_dashboard

import data.kubeassay.lib.component

fail contains finding if {
	some image in input.facts.images.components
	some name in names
	component.is_named(image, name)
	finding := {"message": "{container} is the Kubernetes Dashboard", "path": image.path}
}

names := {
	"kubernetes-dashboard",
	"kubernetes-dashboard-amd64",
	"kubernetesui/dashboard",
	"kubernetesui/dashboard-api",
	"kubernetesui/dashboard-auth",
	"kubernetesui/dashboard-web",
}
