# METADATA
# title: Container adds a capability of the default set
# description: >-
#   Runtimes grant it by default, but a hardened container drops all capabilities and needs at most
#   NET_BIND_SERVICE: any other one widens what a break-in can do inside the container.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - ref: https://man7.org/linux/man-pages/man7/capabilities.7.html
# custom:
#   id: KA-W-0003
#   severity: low
#   over: workload
#   reads: [containers.securityContext.capabilities, spec.os]
#   remediation: Remove the capability from capabilities.add, or change the program so that it works without it.
package kubeassay.rules.workload.capabilities_added

import data.kubeassay.lib.capabilities.added
import data.kubeassay.lib.capabilities.baseline
import data.kubeassay.lib.pod.windows

fail contains finding if {
	not windows
	some capability in added
	capability.name in baseline
	capability.name != "NET_BIND_SERVICE"
	finding := {"message": "{container} adds the capability {value}", "path": capability.path}
}

not_applicable contains {"message": "Windows has no capabilities", "path": ["spec", "os"]} if windows
