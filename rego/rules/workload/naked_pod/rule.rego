# METADATA
# title: Pod has no controller
# description: >-
#   Nothing makes it anew when its node fails or it is evicted, and nothing updates it.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/overview/#naked-pods-vs-replicasets-deployments-and-jobs
# custom:
#   id: KA-W-0113
#   severity: low
#   over: workload
#   kinds: [Pod]
#   reads: [workload.annotations, workload.metadata.ownerReferences, spec.priorityClassName]
#   tags: [reliability]
#   remediation: Make it the template of a Deployment, StatefulSet, DaemonSet or Job.
package kubeassay.rules.workload.naked_pod

fail contains finding if {
	count(not_applicable) == 0
	count(object.get(input, ["workload", "metadata", "ownerReferences"], [])) == 0
	finding := {
		"message": "The pod has no controller that would make it anew",
		"path": ["metadata"],
		"root": "object",
	}
}

not_applicable contains {"message": "A hook of its chart makes it", "path": ["metadata", "annotations"]} if {
	input.workload.annotations["helm.sh/hook"]
}

not_applicable contains {"message": "The kubelet keeps it, as a static pod", "path": ["metadata", "annotations"]} if {
	some key in ["kubernetes.io/config.mirror", "kubernetes.io/config.source"]
	input.workload.annotations[key]
}

not_applicable contains {"message": "It serves its node, as static pods do", "path": ["spec", "priorityClassName"]} if {
	input.spec.priorityClassName == "system-node-critical"
}
