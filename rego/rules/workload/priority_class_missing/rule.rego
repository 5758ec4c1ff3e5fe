# METADATA
# title: Pod names no priority class
# description: >-
#   When a node or the cluster is full, all such pods are equal: a report may keep the shop from starting.
#   Worth deciding in clusters that are shared, and noise in others.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/scheduling-eviction/pod-priority-preemption/
# custom:
#   id: KA-W-0115
#   severity: info
#   over: workload
#   reads: [facts.priority_classes.has_global_default, spec.priorityClassName]
#   tags: [reliability]
#   remediation: Set priorityClassName, or mark a PriorityClass as globalDefault.
package kubeassay.rules.workload.priority_class_missing

fail contains finding if {
	object.get(input, ["spec", "priorityClassName"], "") == ""
	not input.facts.priority_classes.has_global_default
	finding := {
		"message": "The pod names no priority class",
		"path": ["spec", "priorityClassName"],
	}
}
