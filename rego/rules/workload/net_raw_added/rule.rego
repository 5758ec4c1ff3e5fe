# METADATA
# title: Container adds the NET_RAW capability
# description: >-
#   Raw sockets let a process forge packets: it can pose as another pod or as the cluster's DNS and read
#   traffic that is not meant for it.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - ref: https://man7.org/linux/man-pages/man7/capabilities.7.html
# custom:
#   id: KA-W-0027
#   severity: medium
#   over: workload
#   reads: [containers.securityContext.capabilities]
#   remediation: Remove NET_RAW from capabilities.add; for ping, widen the sysctl net.ipv4.ping_group_range instead.
package kubeassay.rules.workload.net_raw_added

import data.kubeassay.lib.capabilities.added

fail contains finding if {
	some capability in added
	capability.canonical == "NET_RAW"
	finding := {"message": "{container} adds the capability {value}", "path": capability.path}
}
