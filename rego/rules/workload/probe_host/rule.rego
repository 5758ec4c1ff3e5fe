# METADATA
# title: Probe or lifecycle handler names a host
# description: >-
#   The kubelet sends the request from the node, so a host lets the pod's author make the node call
#   addresses that the pod itself cannot reach.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   id: KA-W-0012
#   severity: low
#   over: workload
#   reads: [containers.lifecycle, containers.livenessProbe, containers.readinessProbe, containers.startupProbe]
#   remediation: Remove host; the kubelet then asks the pod's own address (a Host header can be set by httpHeaders).
package kubeassay.rules.workload.probe_host

fail contains finding if {
	some container in input.containers
	some name in ["livenessProbe", "readinessProbe", "startupProbe"]
	probe := container[name]
	some finding in findings(probe, array.concat(container.path, [name]))
}

fail contains finding if {
	some container in input.containers
	some name in ["postStart", "preStop"]
	handler := container.lifecycle[name]
	some finding in findings(handler, array.concat(container.path, ["lifecycle", name]))
}

findings(handler, path) := {finding |
	some action in ["httpGet", "tcpSocket"]
	host := handler[action].host
	not host in {"", null}
	finding := {
		"message": sprintf(`{container} names the host "{value}" in its %s`, [path[count(path) - 1]]),
		"path": array.concat(path, [action, "host"]),
	}
}
