# METADATA
# title: Environment variable holds a secret in plain text
# description: >-
#   Everybody who may read the workload, its history or the repository it comes from has the secret, and it
#   cannot be changed without changing the workload.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/secret/
# custom:
#   id: KA-C-0001
#   severity: high
#   over: workload
#   reads: [containers.env.name, containers.env.value]
#   remediation: >-
#     Change the secret, keep it in a Secret or an external store, and mount it as a file or refer to it by
#     valueFrom.secretKeyRef.
package kubeassay.rules.secrets.secret_in_env_value

import data.kubeassay.lib.credentials

fail contains finding if {
	credentials.suspect(json.marshal([[entry.name, entry.value] | entry := input.containers[_].env[_]]))
	some container in input.containers
	some index
	entry := container.env[index]
	is_string(entry.name)
	is_string(entry.value)
	what := credentials.exposed(entry.name, entry.value)
	finding := {
		"message": sprintf("{container} has %s in the value of the variable %s", [what, entry.name]),
		"path": array.concat(container.path, ["env", index, "value"]),
	}
}
