# METADATA
# title: Container listens on a privileged port
# description: >-
#   Unless the node lets everybody use them, ports below 1024 need root or NET_BIND_SERVICE. In a pod a
#   Service can offer the well-known port while the container listens on a high one.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/service/
# custom:
#   id: KA-W-0054
#   severity: low
#   over: workload
#   reads: [containers.ports.containerPort, spec.os]
#   remediation: Let the program listen on a port above 1023, and map the well-known port in the Service.
package kubeassay.rules.workload.privileged_port

import data.kubeassay.lib.pod

fail contains finding if {
	not pod.windows
	some container in input.containers
	some i, port in container.ports
	is_number(port.containerPort)
	port.containerPort > 0
	port.containerPort < 1024
	port.containerPort != 22 # judged by ssh_port
	finding := {
		"message": "{container} listens on the privileged port {value}",
		"path": array.concat(container.path, ["ports", i, "containerPort"]),
	}
}

not_applicable contains {"message": "Windows has no privileged ports", "path": ["spec", "os"]} if pod.windows
