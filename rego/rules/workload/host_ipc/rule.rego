# METADATA
# title: Pod shares the host's IPC namespace
# description: >-
#   Its processes can read and change the shared memory of every process on the node that uses it.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: KA-W-0008
#   severity: high
#   over: workload
#   reads: [spec.hostIPC]
#   remediation: Remove hostIPC or set it to false.
package kubeassay.rules.workload.host_ipc

fail contains finding if {
	input.spec.hostIPC == true
	finding := {"message": "The pod shares the host's IPC namespace", "path": ["spec", "hostIPC"]}
}
