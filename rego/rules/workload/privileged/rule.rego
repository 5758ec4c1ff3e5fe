# METADATA
# title: Container runs privileged
# description: >-
#   A privileged container has every capability and every device of the node, so whoever breaks into it
#   owns the node and, from there, often the cluster.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: KA-W-0001
#   severity: critical
#   over: workload
#   reads: [containers.securityContext.privileged]
#   remediation: Remove securityContext.privileged or set it to false; add the single capability that is needed instead.
package kubeassay.rules.workload.privileged

fail contains finding if {
	some container in input.containers
	container.securityContext.privileged == true
	finding := {
		"message": "{container} runs privileged",
		"path": array.concat(container.path, ["securityContext", "privileged"]),
	}
}
