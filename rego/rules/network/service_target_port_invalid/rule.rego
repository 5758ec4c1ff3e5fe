# METADATA
# title: Service names a port that cannot exist
# description: The API server refuses the Service. Most often a number was written as text.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports
# custom:
#   id: KA-N-0041
#   severity: medium
#   over: object
#   kinds: [Service]
#   reads: [spec.ports]
#   tags: [reliability]
#   remediation: >-
#     Write a number from 1 to 65535 without quotes, or the name of a container's port: at most 15 lower-case
#     letters, digits and single hyphens, with one letter at least.
package kubeassay.rules.network.service_target_port_invalid

import data.kubeassay.lib.port_name

fail contains finding if {
	some i, port in input.spec.ports
	invalid(port.targetPort)
	finding := {
		"message": sprintf("%s is neither the number nor the name of a port", [shown(port.targetPort)]),
		"path": ["spec", "ports", i, "targetPort"],
	}
}

shown(target) := `"{value}"` if {
	is_string(target)
} else := "{value}"

invalid(target) if {
	is_string(target)
	not port_name.valid(target)
}

invalid(target) if {
	is_number(target)
	target < 1
}

invalid(target) if {
	is_number(target)
	target > 65535
}
