# METADATA
# title: Container adds every capability
# description: >-
#   With all capabilities the container's root is nearly the node's root: it can load kernel modules,
#   mount file systems and reach into every other process.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - ref: https://man7.org/linux/man-pages/man7/capabilities.7.html
# custom:
#   id: KA-W-0026
#   severity: critical
#   over: workload
#   reads: [containers.securityContext.capabilities]
#   remediation: Replace ALL in capabilities.add by the single capability that is needed.
package kubeassay.rules.workload.all_capabilities_added

import data.kubeassay.lib.capabilities.added

fail contains finding if {
	some capability in added
	capability.canonical == "ALL"
	finding := {"message": "{container} adds every capability", "path": capability.path}
}
