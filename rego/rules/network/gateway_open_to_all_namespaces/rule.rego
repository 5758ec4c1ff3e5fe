# METADATA
# title: Gateway takes routes from every namespace
# description: >-
#   Everyone who may write a route in any namespace can publish a Service through the gateway, or take over
#   a host name that nobody uses yet.
# scope: package
# related_resources:
#   - ref: https://gateway-api.sigs.k8s.io/concepts/security-model/
# custom:
#   id: KA-N-0022
#   severity: low
#   over: object
#   kinds: [Gateway.gateway.networking.k8s.io]
#   reads: [spec.listeners]
#   remediation: Set allowedRoutes.namespaces.from to Selector, with the labels of the namespaces that may.
package kubeassay.rules.network.gateway_open_to_all_namespaces

fail contains finding if {
	some i, listener in input.spec.listeners
	listener.allowedRoutes.namespaces.from == "All"
	finding := {
		"message": sprintf("The listener %v takes routes from every namespace", [object.get(listener, "name", i)]),
		"path": ["spec", "listeners", i, "allowedRoutes", "namespaces", "from"],
	}
}
