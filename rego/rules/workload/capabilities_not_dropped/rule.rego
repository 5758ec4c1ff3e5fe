# METADATA
# title: Container drops NET_RAW but keeps other default capabilities
# description: >-
#   Without drop ALL the runtime grants about a dozen capabilities, among them those to change owners, to
#   override file permissions and to become any user. Few programs need one of them.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: KA-W-0004
#   severity: low
#   over: workload
#   reads: [containers.securityContext.capabilities, spec.os]
#   remediation: 'Set capabilities.drop to ["ALL"] (in capitals) and add back NET_BIND_SERVICE where it is needed.'
package kubeassay.rules.workload.capabilities_not_dropped

import data.kubeassay.lib.capabilities.keeping
import data.kubeassay.lib.pod.windows

fail contains finding if {
	not windows
	some kept in keeping
	not kept.net_raw
	finding := {"message": "{container} does not drop ALL capabilities", "path": kept.path}
}

not_applicable contains {"message": "Windows has no capabilities", "path": ["spec", "os"]} if windows
