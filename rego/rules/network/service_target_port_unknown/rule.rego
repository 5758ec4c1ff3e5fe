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
#   reads: [facts.services.unknown_ports]
#   tags: [reliability]
#   remediation: Use the name that the container gives its port, or give the port that name.
package kubeassay.rules.network.service_target_port_unknown

fail contains finding if {
	some path in input.facts.services.unknown_ports
	finding := {"message": "No container behind the Service has a port called {value}", "path": path}
}
