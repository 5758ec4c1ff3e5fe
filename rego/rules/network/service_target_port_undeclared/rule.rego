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
#   reads: [facts.services.undeclared_ports]
#   tags: [reliability]
#   remediation: Correct the targetPort, or declare the port in the container.
package kubeassay.rules.network.service_target_port_undeclared

fail contains finding if {
	some path in input.facts.services.undeclared_ports
	finding := {"message": "The pods behind the Service declare ports, but not {value}", "path": path}
}
