# METADATA
# title: Ingress or route uses a port that the Service has not
# description: Clients get an error instead of an answer.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/ingress/#the-ingress-resource
# custom:
#   id: KA-N-0045
#   severity: medium
#   over: object
#   kinds:
#     - Ingress.networking.k8s.io
#     - Ingress.extensions
#     - HTTPRoute.gateway.networking.k8s.io
#     - GRPCRoute.gateway.networking.k8s.io
#     - TLSRoute.gateway.networking.k8s.io
#     - TCPRoute.gateway.networking.k8s.io
#     - UDPRoute.gateway.networking.k8s.io
#   reads: [facts.routes.unknown_ports]
#   tags: [reliability]
#   remediation: Use a port of the Service, by its number there (not the target port) or its name.
package kubeassay.rules.network.backend_port_unknown

fail contains finding if {
	some backend in input.facts.routes.unknown_ports
	finding := {
		"message": sprintf("The Service %s has no port {value}", [backend.service]),
		"path": backend.path,
	}
}
