# METADATA
# title: Container offers the port of SSH
# description: >-
#   A shell behind SSH goes past the API server's authorisation and audit log, and needs keys and accounts
#   that nobody manages.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/debug/debug-application/get-shell-running-container/
# custom:
#   id: KA-W-0053
#   severity: medium
#   over: workload
#   reads: [containers.ports.containerPort, containers.ports.protocol]
#   remediation: Remove the SSH server from the image, and use kubectl exec or kubectl debug.
package kubeassay.rules.workload.ssh_port

fail contains finding if {
	some container in input.containers
	some i, port in container.ports
	port.containerPort == 22
	object.get(port, "protocol", "TCP") == "TCP"
	finding := {
		"message": "{container} offers port 22, that of SSH",
		"path": array.concat(container.path, ["ports", i, "containerPort"]),
	}
}
