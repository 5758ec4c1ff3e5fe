# METADATA
# title: Windows container runs as a process of the host
# description: >-
#   A HostProcess container is no container: it has the node's files, network and devices, and often its
#   administrator's rights.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/create-hostprocess-pod/
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: KA-W-0021
#   severity: critical
#   over: workload
#   reads: [containers.securityContext.windowsOptions, spec.securityContext.windowsOptions]
#   remediation: Remove windowsOptions.hostProcess or set it to false.
package kubeassay.rules.workload.windows_host_process

import data.kubeassay.lib.pod.security_contexts

fail contains finding if {
	some context in security_contexts
	context.fields.windowsOptions.hostProcess == true
	finding := {
		"message": sprintf("hostProcess of %s is true: it runs on the Windows host itself", [context.of]),
		"path": array.concat(context.path, ["windowsOptions", "hostProcess"]),
	}
}
