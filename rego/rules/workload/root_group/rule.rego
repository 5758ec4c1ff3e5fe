# METADATA
# title: Root's group is asked for
# description: >-
#   Group 0 may read and often write files of root in the image and in mounted volumes. Images made for
#   OpenShift, which gives them random user ids, rely on it; others have no need of it.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: KA-W-0049
#   severity: low
#   over: workload
#   reads:
#     - containers.securityContext.fsGroup
#     - containers.securityContext.runAsGroup
#     - spec.hostUsers
#     - spec.securityContext.fsGroup
#     - spec.securityContext.runAsGroup
#     - spec.securityContext.supplementalGroups
#   remediation: Give runAsGroup, fsGroup and supplementalGroups ids other than 0.
package kubeassay.rules.workload.root_group

import data.kubeassay.lib.pod

fail contains finding if {
	not pod.user_namespace
	some context in pod.security_contexts
	some field in ["runAsGroup", "fsGroup"]
	context.fields[field] == 0
	finding := {
		"message": sprintf("%s of %s is 0, root's group", [field, context.of]),
		"path": array.concat(context.path, [field]),
	}
}

fail contains finding if {
	not pod.user_namespace
	some i, group in input.spec.securityContext.supplementalGroups
	group == 0
	finding := {
		"message": "supplementalGroups of the pod name 0, root's group",
		"path": ["spec", "securityContext", "supplementalGroups", i],
	}
}

not_applicable contains {
	"message": "In a user namespace root's group is nobody's on the node",
	"path": ["spec", "hostUsers"],
} if {
	pod.user_namespace
}
