# METADATA
# title: Container may gain privileges
# description: >-
#   Unless allowPrivilegeEscalation is false, a process can become root by a set-user-id program or gain
#   a file's capabilities, although the container was started without them.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: KA-W-0022
#   severity: medium
#   over: workload
#   reads: [containers.securityContext.allowPrivilegeEscalation, spec.os]
#   remediation: >-
#     Set securityContext.allowPrivilegeEscalation to false in every container. The API server refuses that
#     beside privileged or CAP_SYS_ADMIN, so remove those first.
package kubeassay.rules.workload.privilege_escalation_allowed

import data.kubeassay.lib.pod.windows

fail contains finding if {
	not windows
	some container in input.containers
	not forbidden(container)
	finding := {
		"message": message(container),
		"path": array.concat(container.path, ["securityContext", "allowPrivilegeEscalation"]),
	}
}

forbidden(container) if container.securityContext.allowPrivilegeEscalation == false

message(container) := "{container} allows privilege escalation" if {
	container.securityContext.allowPrivilegeEscalation == true
} else := "{container} does not set allowPrivilegeEscalation to false"

not_applicable contains {"message": "Windows cannot escalate that way", "path": ["spec", "os"]} if windows
