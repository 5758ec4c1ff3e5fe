# METADATA
# title: Container port has a name that is not allowed
# description: The API server refuses the pod.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/kubernetes-api/workload-resources/pod-v1/#ports
# custom:
#   id: KA-W-0312
#   severity: medium
#   over: workload
#   reads: [containers.ports]
#   tags: [reliability]
#   remediation: Use at most 15 lower-case letters, digits and single hyphens, with one letter at least.
package kubeassay.rules.workload.container_port_name_invalid

import data.kubeassay.lib.port_name

fail contains finding if {
	some container in input.containers
	some i, port in container.ports
	name := port.name
	name != ""
	not valid(name)
	finding := {
		"message": "{container} names a port {value}, which is no port name",
		"path": array.concat(container.path, ["ports", i, "name"]),
	}
}

valid(name) if {
	is_string(name)
	port_name.valid(name)
}
