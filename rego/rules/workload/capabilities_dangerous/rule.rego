# METADATA
# title: Container adds a capability beyond the runtime's default set
# description: >-
#   Capabilities outside the default set act on the node and not on the container alone. SYS_ADMIN,
#   SYS_MODULE, SYS_PTRACE or DAC_READ_SEARCH are each enough to break out of it.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - ref: https://man7.org/linux/man-pages/man7/capabilities.7.html
# custom:
#   id: KA-W-0002
#   severity: high
#   over: workload
#   reads: [containers.securityContext.capabilities]
#   remediation: Remove the capability from capabilities.add; move what needs it into a small workload of its own.
package kubeassay.rules.workload.capabilities_dangerous

import data.kubeassay.lib.capabilities.added
import data.kubeassay.lib.capabilities.baseline

fail contains finding if {
	some capability in added
	name := capability.name
	not name in baseline
	canonical := capability.canonical
	not canonical in {"ALL", "NET_RAW"}
	finding := {"message": "{container} adds the capability {value}", "path": capability.path}
}
