# METADATA
# title: Pod shares the host's network
# description: >-
#   It sees every packet of the node, reaches services that listen on localhost only, such as the
#   kubelet, and no network policy holds it.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: KA-W-0006
#   severity: high
#   over: workload
#   reads: [spec.hostNetwork]
#   remediation: Remove hostNetwork or set it to false.
package kubeassay.rules.workload.host_network

fail contains finding if {
	input.spec.hostNetwork == true
	finding := {"message": "The pod shares the host's network", "path": ["spec", "hostNetwork"]}
}
