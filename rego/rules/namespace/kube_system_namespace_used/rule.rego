# METADATA
# title: Workload is a guest in kube-system
# description: >-
#   Pods there share a namespace with the cluster's own: usually no standard holds them, and whoever may
#   manage them may often read the tokens of controllers too.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces
# custom:
#   id: KA-NS-0006
#   severity: low
#   over: workload
#   reads: [facts.namespaces.in_kube_system]
#   remediation: Give the workload a namespace of its own.
package kubeassay.rules.namespace.kube_system_namespace_used

fail contains finding if {
	input.facts.namespaces.in_kube_system
	not belongs
	finding := {
		"message": "The workload is in kube-system and nothing marks it as part of the cluster",
		"path": ["metadata", "namespace"],
		"root": "object",
	}
}

belongs if startswith(input.facts.namespaces.in_kube_system.priority_class, "system-")

belongs if {
	some label in {
		"k8s-app",
		"component",
		"kubernetes.io/cluster-service",
		"addonmanager.kubernetes.io/mode",
		"eks.amazonaws.com/component",
	}
	input.facts.namespaces.in_kube_system.labels[label]
}

belongs if {
	some annotation in {"kubernetes.io/config.mirror", "kubernetes.io/config.source"}
	input.facts.namespaces.in_kube_system.annotations[annotation]
}
