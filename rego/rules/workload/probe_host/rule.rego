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

handlers := [
	["livenessProbe"],
	["readinessProbe"],
	["startupProbe"],
	["lifecycle", "postStart"],
	["lifecycle", "preStop"],
]

fail contains finding if {
	some container in input.containers
	some handler in handlers
	some action in ["httpGet", "tcpSocket"]
	path := array.concat(handler, [action, "host"])
	not object.get(container, path, null) in {"", null}
	finding := {
		"message": sprintf(`{container} names the host "{value}" in its %s`, [handler[count(handler) - 1]]),
		"path": array.concat(container.path, path),
	}
}
