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
#   reads: [metadata.labels, workload.api_version, workload.spec.selector]
#   tags: [reliability]
#   remediation: Give the pod template the labels that the selector asks for.
package kubeassay.rules.workload.selector_mismatch

labels := object.get(input, ["metadata", "labels"], {})

# a ReplicationController and a DeploymentConfig have the labels themselves in the selector
equal_labels := {"keys": input.workload.spec.selector, "path": ["spec", "selector"]} if {
	input.workload.api_version in {"v1", "apps.openshift.io/v1"}
	is_object(input.workload.spec.selector)
} else := {
	"keys": input.workload.spec.selector.matchLabels,
	"path": ["spec", "selector", "matchLabels"],
}

fail contains finding if {
	some key, value in equal_labels.keys
	object.get(labels, key, null) != value
	finding := {
		"message": sprintf("The selector asks for %s=%v, the pod template has %s", [key, value, present(key)]),
		"path": array.concat(equal_labels.path, [key]),
		"root": "object",
	}
}

fail contains finding if {
	some i, expression in input.workload.spec.selector.matchExpressions
	not met(expression)
	finding := {
		"message": sprintf("The pod template has %s, which the selector does not match", [present(expression.key)]),
		"path": ["spec", "selector", "matchExpressions", i],
		"root": "object",
	}
}

fail contains finding if {
	input.workload.api_version == "apps/v1"
	count(object.get(input, ["workload", "spec", "selector"], {})) == 0
	finding := {
		"message": "There is no selector, or an empty one",
		"path": ["spec", "selector"],
		"root": "object",
	}
}

present(key) := sprintf("%s=%v", [key, labels[key]]) if {
	labels[key] != null
} else := sprintf("no label %s", [key])

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
	is_string(labels[expression.key])
}

met(expression) if {
	expression.operator == "DoesNotExist"
	object.get(labels, expression.key, null) == null
}
