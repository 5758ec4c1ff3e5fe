# METADATA
# title: Ingress with TLS serves plain HTTP as well
# description: >-
#   Clients that come by HTTP are served instead of being sent to HTTPS, so a session can be read or taken
#   over on the way.
# scope: package
# related_resources:
#   - ref: https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/
# custom:
#   id: KA-N-0011
#   severity: medium
#   over: object
#   kinds: [Ingress.networking.k8s.io, Ingress.extensions]
#   reads: [metadata.annotations, spec.tls]
#   remediation: Remove the annotation, so that the controller redirects to HTTPS.
package kubeassay.rules.network.ingress_plain_http_allowed

import data.kubeassay.lib.ingress

fail contains finding if {
	ingress.own_certificate
	some name, unsafe in {
		"nginx.ingress.kubernetes.io/ssl-redirect": "false",
		"haproxy.org/ssl-redirect": "false",
		"haproxy-ingress.github.io/ssl-redirect": "false",
		"kubernetes.io/ingress.allow-http": "true",
	}
	input.metadata.annotations[name] == unsafe
	finding := {
		"message": "The Ingress serves plain HTTP beside HTTPS",
		"path": ["metadata", "annotations", name],
	}
}
