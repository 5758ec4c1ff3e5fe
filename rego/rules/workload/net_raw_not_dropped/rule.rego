# METADATA
# title: Container keeps the default capabilities, NET_RAW among them
# description: >-
#   Unless they are dropped the runtime grants about a dozen capabilities. With NET_RAW, which some
#   runtimes count among them, whoever breaks in can forge packets and pose as another pod or as DNS.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   id: KA-W-0005
#   severity: medium
#   over: workload
#   reads: [containers.securityContext.capabilities, spec.os]
#   remediation: 'Set capabilities.drop to ["ALL"] and add back NET_BIND_SERVICE where it is needed.'
package kubeassay.rules.workload.net_raw_not_dropped

import data.kubeassay.lib.capabilities.keeping
import data.kubeassay.lib.pod.windows

fail contains finding if {
	not windows
	some kept in keeping
	kept.net_raw
	finding := {"message": "{container} drops neither ALL capabilities nor NET_RAW", "path": kept.path}
}

not_applicable contains {"message": "Windows has no capabilities", "path": ["spec", "os"]} if windows
