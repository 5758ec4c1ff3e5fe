# METADATA
# title: Container takes a port of the node
# description: >-
#   The port is open to everyone who reaches the node, past Services and often past network policies, and
#   only one such pod fits on each node.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   id: KA-W-0009
#   severity: medium
#   over: workload
#   reads: [containers.ports.hostPort]
#   remediation: Remove hostPort, and hostNetwork, which sets it too; expose the container by a Service.
package kubeassay.rules.workload.host_port

fail contains finding if {
	some container in input.containers
	some i
	port := container.ports[i].hostPort
	not port in {0, null}
	finding := {
		"message": "{container} takes port {value} of the node",
		"path": array.concat(container.path, ["ports", i, "hostPort"]),
	}
}
