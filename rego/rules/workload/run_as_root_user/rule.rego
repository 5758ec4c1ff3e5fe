# METADATA
# title: User id 0 is asked for
# description: >-
#   The container starts as root. Root in the container is root on the node as soon as a mount, a capability
#   or a hole in the kernel lets it out.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: KA-W-0024
#   severity: medium
#   over: workload
#   reads: [containers.securityContext.runAsUser, spec.securityContext.runAsUser, spec.hostUsers]
#   remediation: Set runAsUser to an id other than 0, or remove it where the image names a user.
package kubeassay.rules.workload.run_as_root_user

import data.kubeassay.lib.pod.security_contexts
import data.kubeassay.lib.pod.user_namespace

fail contains finding if {
	not user_namespace
	some context in security_contexts
	context.fields.runAsUser == 0
	finding := {
		"message": sprintf("User id of %s is 0, root", [context.of]),
		"path": array.concat(context.path, ["runAsUser"]),
	}
}

not_applicable contains {
	"message": "In a user namespace root is nobody on the node",
	"path": ["spec", "hostUsers"],
} if {
	user_namespace
}
