# METADATA
# title: Service sends traffic to a named port that its pods have not
# description: Whoever connects to the Service's port gets no answer.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports
# custom:
#   id: KA-N-0039
#   severity: medium
#   over: object
#   kinds: [Service]
#   reads: [spec.ports, facts.services.selected]
#   tags: [reliability]
#   remediation: Use the name that the container gives its port, or give the port that name.
package kubeassay.rules.network.service_target_port_unknown

fail contains finding if {
	some _ in input.facts.services.selected
	some i, port in input.spec.ports
	is_string(port.targetPort)
	not declared(port)
	finding := {
		"message": "No container behind the Service has a port called {value}",
		"path": ["spec", "ports", i, "targetPort"],
	}
}

declared(port) if {
	some workload in input.facts.services.selected
	some known in workload.ports
	known.name == port.targetPort
	known.protocol == object.get(port, "protocol", "TCP")
}
