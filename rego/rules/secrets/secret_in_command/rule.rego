# METADATA
# title: Command holds a secret in plain text
# description: >-
#   Besides everybody who may read the workload, every process on the node sees the command line, and it ends
#   up in logs and crash reports.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/secret/
# custom:
#   id: KA-C-0003
#   severity: high
#   over: workload
#   reads:
#     - containers.args
#     - containers.command
#     - containers.lifecycle
#     - containers.livenessProbe.exec
#     - containers.readinessProbe.exec
#     - containers.script
#     - containers.startupProbe.exec
#   remediation: >-
#     Change the secret, keep it in a Secret or an external store, and let the program read it from a mounted
#     file.
package kubeassay.rules.secrets.secret_in_command

import data.kubeassay.lib.credentials

lists := [
	["command"],
	["args"],
	["livenessProbe", "exec", "command"],
	["readinessProbe", "exec", "command"],
	["startupProbe", "exec", "command"],
	["lifecycle", "postStart", "exec", "command"],
	["lifecycle", "preStop", "exec", "command"],
]

items(container, list) := found if {
	found := object.get(container, list, [])
	is_array(found)
}

suspects := input.containers if credentials.suspect(json.marshal(input.containers))

fail contains finding if {
	some container in suspects
	some list in lists
	some index
	text := items(container, list)[index]
	is_string(text)
	what := credentials.exposed("", text)
	finding := {
		"message": sprintf("{container} has %s in its %s", [what, concat(".", list)]),
		"path": array.concat(container.path, array.concat(list, [index])),
	}
}

# an option and its value as two items
fail contains finding if {
	some container in suspects
	some list in lists
	some index
	option := items(container, list)[index]
	value := items(container, list)[index + 1]
	is_string(option)
	is_string(value)
	startswith(option, "-")
	not startswith(value, "-")
	credentials.is_secret(option, value)
	not credentials.kind(value)
	finding := {
		"message": sprintf("{container} has a secret after %s in its %s", [option, concat(".", list)]),
		"path": array.concat(container.path, array.concat(list, [index + 1])),
	}
}

fail contains finding if {
	some container in suspects
	is_string(container.script)
	what := credentials.exposed("", container.script)
	finding := {
		"message": sprintf("{container} has %s in its script", [what]),
		"path": array.concat(container.path, ["script"]),
	}
}
