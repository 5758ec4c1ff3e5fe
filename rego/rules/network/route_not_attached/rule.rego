# METADATA
# title: Route that no listener takes
# description: >-
#   The Gateway that the route names is not there, or none of its listeners takes the route: by name, port,
#   kind, namespace or host name. The route gets no traffic by it.
# scope: package
# related_resources:
#   - ref: https://gateway-api.sigs.k8s.io/concepts/api-overview/#attaching-routes-to-gateways
# custom:
#   id: KA-N-0161
#   severity: low
#   over: object
#   kinds:
#     - HTTPRoute.gateway.networking.k8s.io
#     - GRPCRoute.gateway.networking.k8s.io
#     - TLSRoute.gateway.networking.k8s.io
#     - TCPRoute.gateway.networking.k8s.io
#     - UDPRoute.gateway.networking.k8s.io
#   snapshot_only: true
#   reads: [facts.gateways.refusals]
#   tags: [reliability]
#   remediation: Correct the reference, or let a listener of the Gateway take the route.
package kubeassay.rules.network.route_not_attached

fail contains finding if {
	some refusal in input.facts.gateways.refusals
	finding := {"message": refusal.message, "path": refusal.path}
}
