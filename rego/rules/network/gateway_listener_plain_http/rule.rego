# METADATA
# title: Gateway listens for plain HTTP
# description: >-
#   Everyone on the way between client and gateway can read and change what is sent. A listener whose
#   routes all redirect to HTTPS is no fault.
# scope: package
# related_resources:
#   - ref: https://gateway-api.sigs.k8s.io/guides/http-redirect-rewrite/
# custom:
#   id: KA-N-0021
#   severity: medium
#   over: object
#   kinds: [Gateway.gateway.networking.k8s.io, Gateway.networking.istio.io]
#   reads: [spec.listeners, spec.servers, facts.gateways.redirecting]
#   remediation: Use protocol HTTPS with a certificate, and let the routes of the HTTP listener only redirect.
package kubeassay.rules.network.gateway_listener_plain_http

fail contains finding if {
	some i, listener in input.spec.listeners
	listener.protocol == "HTTP"
	not redirects(listener)
	finding := {
		"message": sprintf("The listener %v takes plain HTTP", [object.get(listener, "name", i)]),
		"path": ["spec", "listeners", i, "protocol"],
	}
}

fail contains finding if {
	some i, server in input.spec.servers
	upper(server.port.protocol) in {"HTTP", "HTTP2", "GRPC"}
	object.get(server, ["tls", "httpsRedirect"], false) != true
	finding := {
		"message": sprintf("The server on port %v takes plain HTTP", [object.get(server.port, "number", i)]),
		"path": ["spec", "servers", i, "port", "protocol"],
	}
}

redirects(listener) if listener.name in input.facts.gateways.redirecting
