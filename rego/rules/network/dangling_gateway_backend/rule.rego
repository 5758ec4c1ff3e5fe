# METADATA
# title: Route sends traffic to a Service that does not exist
# description: >-
#   Clients get an error. Whoever may create a Service of that name in the namespace gets the route's
#   traffic.
# scope: package
# related_resources:
#   - ref: https://gateway-api.sigs.k8s.io/api-types/httproute/#backendrefs-optional
# custom:
#   id: KA-N-0043
#   severity: medium
#   over: object
#   kinds:
#     - HTTPRoute.gateway.networking.k8s.io
#     - GRPCRoute.gateway.networking.k8s.io
#     - TLSRoute.gateway.networking.k8s.io
#     - TCPRoute.gateway.networking.k8s.io
#     - UDPRoute.gateway.networking.k8s.io
#   snapshot_only: true
#   reads: [facts.routes.missing_services]
#   remediation: Correct the reference, or remove it.
package kubeassay.rules.network.dangling_gateway_backend

fail contains finding if {
	some missing in input.facts.routes.missing_services
	finding := {
		"message": sprintf("There is no Service %s in the namespace %s", [missing.service, missing.namespace]),
		"path": missing.path,
	}
}
