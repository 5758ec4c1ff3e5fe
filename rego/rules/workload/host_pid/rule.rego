# METADATA
# title: Pod shares the host's process namespace
# description: >-
#   Its processes see every process of the node, read their environment and command lines, and with the
#   same user id can stop them or read their files through /proc.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: KA-W-0007
#   severity: high
#   over: workload
#   reads: [spec.hostPID]
#   remediation: Remove hostPID or set it to false.
package kubeassay.rules.workload.host_pid

fail contains finding if {
	input.spec.hostPID == true
	finding := {"message": "The pod shares the host's process namespace", "path": ["spec", "hostPID"]}
}
