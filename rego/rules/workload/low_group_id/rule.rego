# METADATA
# title: Container runs with a group id that the node may use itself
# description: >-
#   Ids up to some thousand belong to groups of nodes. Whoever breaks out of the container then has what the
#   group with the same number may read and write.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: KA-W-0048
#   severity: low
#   over: workload
#   reads: [containers.securityContext.runAsGroup, spec.securityContext.runAsGroup, spec.hostUsers]
#   remediation: Set runAsGroup to an id above 10000, or hostUsers to false.
#   parameters:
#     highest: {default: 10000, description: The highest group id that nodes may use themselves.}
package kubeassay.rules.workload.low_group_id

import data.kubeassay.lib.pod

fail contains finding if {
	not pod.user_namespace
	some context in pod.security_contexts
	id := context.fields.runAsGroup
	is_number(id)
	id > 0
	id <= data.scan.parameters["workload.low_group_id"].highest
	finding := {
		"message": sprintf("Group id of %s is {value}, which the node may use itself", [context.of]),
		"path": array.concat(context.path, ["runAsGroup"]),
	}
}

not_applicable contains {
	"message": "In a user namespace the ids are not those of the node",
	"path": ["spec", "hostUsers"],
} if {
	pod.user_namespace
}
