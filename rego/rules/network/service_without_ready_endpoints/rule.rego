# METADATA
# title: Service without a ready endpoint
# description: >-
#   Its EndpointSlices list no pod or address that is ready: whoever connects to it gets no answer. A
#   readiness probe may fail, or an address may be missing.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/endpoint-slices/#conditions
# custom:
#   id: KA-N-0160
#   severity: low
#   over: object
#   kinds: [Service]
#   snapshot_only: true
#   reads: [facts.services.unready]
#   tags: [reliability]
#   remediation: See why the pods are not ready, or correct the endpoints that are kept by hand.
package kubeassay.rules.network.service_without_ready_endpoints

fail contains finding if {
	input.facts.services.unready.ready == 0
	finding := {
		"message": sprintf("None of the Service's endpoints is ready (%d listed)", [endpoints.listed]),
		"path": endpoints.path,
	}
}

not_applicable contains finding if {
	not endpoints
	finding := {"message": "No endpoints of the Service are at hand", "path": []}
}

endpoints := input.facts.services.unready
