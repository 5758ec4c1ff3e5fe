# METADATA
# title: Service sends traffic to a port that its pods do not declare
# description: >-
#   Declaring ports opens nothing, so this may well work. Where the pods declare others, it is more often a
#   mistake, and policies or people that go by declared ports are misled.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/service/#field-spec-ports
# custom:
#   id: KA-N-0040
#   severity: info
#   over: object
#   kinds: [Service]
#   reads: [spec.ports, facts.services.selected]
#   tags: [reliability]
#   remediation: Correct the targetPort, or declare the port in the container.
package kubeassay.rules.network.service_target_port_undeclared

fail contains finding if {
	count(declared) > 0
	some i, port in input.spec.ports
	some field in ["targetPort", "port"]
	field == number_field(port)
	wanted := [port[field], object.get(port, "protocol", "TCP")]
	not wanted in declared
	finding := {
		"message": "The pods behind the Service declare ports, but not {value}",
		"path": ["spec", "ports", i, field],
	}
}

number_field(port) := "targetPort" if {
	is_number(port.targetPort)
} else := "port" if {
	not port.targetPort
	is_number(port.port)
}

declared contains [port.number, port.protocol] if {
	some workload in input.facts.services.selected
	some port in workload.ports
}
