# METADATA
# title: Route may not use the Service that it names
# description: >-
#   The Service is in another namespace, which grants the route no access by a ReferenceGrant: clients get
#   an error.
# scope: package
# related_resources:
#   - ref: https://gateway-api.sigs.k8s.io/api-types/referencegrant/
# custom:
#   id: KA-N-0044
#   severity: low
#   over: object
#   kinds:
#     - HTTPRoute.gateway.networking.k8s.io
#     - GRPCRoute.gateway.networking.k8s.io
#     - TLSRoute.gateway.networking.k8s.io
#     - TCPRoute.gateway.networking.k8s.io
#     - UDPRoute.gateway.networking.k8s.io
#   snapshot_only: true
#   reads: [facts.routes.ungranted_services]
#   tags: [reliability]
#   remediation: Add a ReferenceGrant to the Service's namespace, or move the route there.
package kubeassay.rules.network.gateway_backend_not_granted

fail contains finding if {
	some backend in input.facts.routes.ungranted_services
	finding := {
		"message": sprintf("No ReferenceGrant in %s lets the route use the Service %s", [
			backend.namespace,
			backend.service,
		]),
		"path": backend.path,
	}
}
