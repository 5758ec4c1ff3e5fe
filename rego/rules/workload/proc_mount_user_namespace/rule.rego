# METADATA
# title: Container in a user namespace sees /proc unmasked
# description: >-
#   The user namespace keeps the container's root from setting the node's kernel, so the baseline
#   standard allows it; the unmasked files still show more of the node than most programs need.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - ref: https://kubernetes.io/docs/concepts/workloads/pods/user-namespaces/
# custom:
#   id: KA-W-0019
#   severity: low
#   over: workload
#   reads: [containers.securityContext.procMount, spec.hostUsers]
#   remediation: Remove procMount unless containers are built or run inside the container.
package kubeassay.rules.workload.proc_mount_user_namespace

import data.kubeassay.lib.pod.user_namespace

fail contains finding if {
	user_namespace
	some container in input.containers
	type := container.securityContext.procMount
	not type in {"Default", null}
	finding := {
		"message": "{container} has procMount {value}",
		"path": array.concat(container.path, ["securityContext", "procMount"]),
	}
}
