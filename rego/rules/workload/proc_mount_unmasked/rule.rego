# METADATA
# title: Container sees /proc unmasked
# description: >-
#   The default masks hide parts of /proc through which the kernel of the node can be read and set, such
#   as /proc/kcore and /proc/sys.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: KA-W-0018
#   severity: high
#   over: workload
#   reads: [containers.securityContext.procMount, spec.hostUsers]
#   remediation: Remove procMount, or set hostUsers to false where containers are built inside the container.
package kubeassay.rules.workload.proc_mount_unmasked

import data.kubeassay.lib.pod.user_namespace

fail contains finding if {
	not user_namespace
	some container in input.containers
	type := container.securityContext.procMount
	not type in {"Default", null}
	finding := {
		"message": "{container} has procMount {value}",
		"path": array.concat(container.path, ["securityContext", "procMount"]),
	}
}
