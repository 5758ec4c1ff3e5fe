# METADATA
# title: Container runs with a user id that the node may use itself
# description: >-
#   Ids up to some thousand belong to users and services of nodes. Whoever breaks out of the container then
#   owns the files and processes of the one with the same number.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: KA-W-0047
#   severity: low
#   over: workload
#   reads: [containers.securityContext.runAsUser, spec.securityContext.runAsUser, spec.hostUsers]
#   remediation: >-
#     Set runAsUser to an id above 10000, with fsGroup where it writes volumes, or hostUsers to false.
#   parameters:
#     highest: {default: 10000, description: The highest user id that nodes may use themselves.}
package kubeassay.rules.workload.low_user_id

import data.kubeassay.lib.pod

fail contains finding if {
	not pod.user_namespace
	some context in pod.security_contexts
	id := context.fields.runAsUser
	is_number(id)
	id > 0
	id <= data.scan.parameters["workload.low_user_id"].highest
	finding := {
		"message": sprintf("User id of %s is {value}, which the node may use itself", [context.of]),
		"path": array.concat(context.path, ["runAsUser"]),
	}
}

not_applicable contains {
	"message": "In a user namespace the ids are not those of the node",
	"path": ["spec", "hostUsers"],
} if {
	pod.user_namespace
}
