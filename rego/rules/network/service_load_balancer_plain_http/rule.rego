# METADATA
# title: Load balancer offers plain HTTP only
# description: >-
#   Everyone on the way between client and load balancer can read and change what is sent, sessions and
#   passwords among it.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/service/#ssl-support-on-aws
# custom:
#   id: KA-N-0004
#   severity: low
#   over: object
#   kinds: [Service]
#   reads: [spec.type, spec.ports, spec.loadBalancerClass, metadata.annotations]
#   remediation: Offer HTTPS, by the program itself, a certificate at the load balancer, or an Ingress or Gateway.
package kubeassay.rules.network.service_load_balancer_plain_http

import data.kubeassay.lib.load_balancer

fail contains finding if {
	input.spec.type == "LoadBalancer"
	not load_balancer.private
	not encrypted
	some i, port in input.spec.ports
	plain(port)
	finding := {
		"message": "The load balancer offers port {value} without TLS, and no port with it",
		"path": ["spec", "ports", i, "port"],
	}
}

plain(port) if port.port in {80, 8080}

plain(port) if port.name in {"http", "web"}

plain(port) if port.appProtocol == "http"

encrypted if {
	some port in input.spec.ports
	port.port in {443, 8443}
}

encrypted if {
	some port in input.spec.ports
	some field in {"name", "appProtocol"}
	port[field] in {"https", "websecure", "tls"}
}

encrypted if {
	some name, _ in input.metadata.annotations
	regex.match(`ssl|tls|cert`, name)
}
