# METADATA
# title: Probe or hook sends a secret from the manifest
# description: >-
#   The header stands in plain text for everybody who may read the workload, and the kubelet sends it from the
#   node with every check.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   id: KA-C-0009
#   severity: high
#   over: workload
#   reads:
#     - containers.lifecycle
#     - containers.livenessProbe.httpGet
#     - containers.readinessProbe.httpGet
#     - containers.startupProbe.httpGet
#   remediation: Change the secret, and check an endpoint that asks for none.
package kubeassay.rules.secrets.secret_in_http_header

import data.kubeassay.lib.credentials

requests := [
	["livenessProbe", "httpGet"],
	["readinessProbe", "httpGet"],
	["startupProbe", "httpGet"],
	["lifecycle", "postStart", "httpGet"],
	["lifecycle", "preStop", "httpGet"],
]

fail contains finding if {
	some container in input.containers
	some request in requests
	some index
	header := object.get(container, array.concat(request, ["httpHeaders"]), [])[index]
	is_string(header.name)
	is_string(header.value)
	gives_away(header.name, header.value)
	finding := {
		"message": sprintf("{container} has a secret in the header %s of its %s", [header.name, request[count(request) - 2]]),
		"path": array.concat(container.path, array.concat(request, ["httpHeaders", index, "value"])),
	}
}

gives_away(name, value) if {
	regex.match(`(?i)^(?:proxy-)?authorization$`, name)
	credentials.is_literal(value)
} else if {
	credentials.exposed(name, value)
}
