# METADATA
# title: Selector does not match the pods that it is for
# description: >-
#   The API server refuses the object, since the controller would make pods for ever and never find one.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#selector
# custom:
#   id: KA-W-0118
#   severity: medium
#   over: workload
#   kinds:
#     - ReplicationController
#     - Deployment.apps
#     - ReplicaSet.apps
#     - StatefulSet.apps
#     - DaemonSet.apps
#     - DeploymentConfig.apps.openshift.io
#     - Rollout.argoproj.io
#     - CloneSet.apps.kruise.io
#     - StatefulSet.apps.kruise.io
#     - DaemonSet.apps.kruise.io
#   reads: [facts.metadata.unmatched_selector]
#   tags: [reliability]
#   remediation: Give the pod template the labels that the selector asks for.
package kubeassay.rules.workload.selector_mismatch

selector := input.facts.metadata.unmatched_selector.selector

labels := input.facts.metadata.unmatched_selector.labels

# a ReplicationController and a DeploymentConfig have the labels themselves in the selector
equal_labels := {"keys": object.get(selector, "matchLabels", {}), "path": ["spec", "selector", "matchLabels"]} if {
	count({"matchLabels", "matchExpressions"} & object.keys(selector)) > 0
} else := {"keys": selector, "path": ["spec", "selector"]}

fail contains finding if {
	is_object(equal_labels.keys)
	some key, value in equal_labels.keys
	object.get(labels, key, null) != value
	finding := {
		"message": sprintf("The selector asks for %s=%v, the pod template has %s", [key, value, present(key)]),
		"path": array.concat(equal_labels.path, [key]),
		"root": "object",
	}
}

fail contains finding if {
	is_array(selector.matchExpressions)
	some i, expression in selector.matchExpressions
	is_string(expression.key)
	not met(expression)
	finding := {
		"message": sprintf("The pod template has %s, which the selector does not match", [present(expression.key)]),
		"path": ["spec", "selector", "matchExpressions", i],
		"root": "object",
	}
}

fail contains {"message": "There is no selector, or an empty one", "path": ["spec", "selector"], "root": "object"} if {
	count(selector) == 0
}

present(key) := sprintf("%s=%v", [key, labels[key]]) if {
	labels[key] != null
} else := sprintf("no label %v", [key])

met(expression) if {
	expression.operator == "In"
	labels[expression.key] in expression.values
}

met(expression) if {
	expression.operator == "NotIn"
	count([value | some value in expression.values; labels[expression.key] == value]) == 0
}

met(expression) if {
	expression.operator == "Exists"
	labels[expression.key] != null
}

met(expression) if {
	expression.operator == "DoesNotExist"
	object.get(labels, expression.key, null) == null
}
