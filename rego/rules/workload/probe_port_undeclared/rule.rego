# METADATA
# title: Probe or handler names a port that the container does not declare
# description: >-
#   The kubelet looks the name up in the container's own ports. It finds none, so the probe always fails: the
#   container is restarted for ever or never gets a request.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   id: KA-W-0102
#   severity: medium
#   over: workload
#   reads:
#     - containers.lifecycle
#     - containers.livenessProbe.httpGet
#     - containers.livenessProbe.tcpSocket
#     - containers.ports.name
#     - containers.readinessProbe.httpGet
#     - containers.readinessProbe.tcpSocket
#     - containers.startupProbe.httpGet
#     - containers.startupProbe.tcpSocket
#   tags: [reliability]
#   remediation: Give the port this name under the container's ports, or name another port.
package kubeassay.rules.workload.probe_port_undeclared

fail contains finding if {
	some container in input.containers
	some handler in handlers(container)
	some type in ["httpGet", "tcpSocket"]
	name := handler.fields[type].port
	is_string(name)
	not regex.match(`^[0-9]+$`, name)
	not name in declared(container)
	finding := {
		"message": sprintf(`{container} declares no port "{value}" for its %s`, [handler.name]),
		"path": array.concat(container.path, array.concat(handler.path, [type, "port"])),
	}
}

handlers(container) := array.concat(probes, hooks) if {
	probes := [handler |
		some name in ["livenessProbe", "readinessProbe", "startupProbe"]
		handler := {"name": name, "path": [name], "fields": container[name]}
	]
	hooks := [handler |
		some name in ["postStart", "preStop"]
		handler := {"name": name, "path": ["lifecycle", name], "fields": container.lifecycle[name]}
	]
}

declared(container) := {port.name | some port in container.ports}
