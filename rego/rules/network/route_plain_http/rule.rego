# METADATA
# title: Route serves plain HTTP
# description: >-
#   Everyone on the way between client and router can read and change what is sent, sessions and passwords
#   among it.
# scope: package
# related_resources:
#   - ref: https://docs.redhat.com/en/documentation/openshift_container_platform/4.19/html/ingress_and_load_balancing/routes
# custom:
#   id: KA-N-0020
#   severity: medium
#   over: object
#   kinds: [Route.route.openshift.io]
#   reads: [spec.tls]
#   remediation: Set spec.tls.termination, and insecureEdgeTerminationPolicy to Redirect.
package kubeassay.rules.network.route_plain_http

fail contains finding if {
	not input.spec.tls.termination
	finding := {"message": "The Route has no TLS: clients connect in plain text", "path": ["spec", "tls"]}
}

fail contains finding if {
	input.spec.tls.termination
	input.spec.tls.insecureEdgeTerminationPolicy == "Allow"
	finding := {
		"message": "The Route serves plain HTTP beside HTTPS",
		"path": ["spec", "tls", "insecureEdgeTerminationPolicy"],
	}
}
