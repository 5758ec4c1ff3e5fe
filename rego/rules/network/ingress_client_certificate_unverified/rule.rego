# METADATA
# title: Ingress asks for client certificates and does not check them
# description: Any certificate, or none, lets a client in, although the authority to check against is given.
# scope: package
# related_resources:
#   - ref: https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#client-certificate-authentication
# custom:
#   id: KA-N-0012
#   severity: high
#   over: object
#   kinds: [Ingress.networking.k8s.io, Ingress.extensions]
#   reads: [metadata.annotations]
#   remediation: Set auth-tls-verify-client to "on", its default.
package kubeassay.rules.network.ingress_client_certificate_unverified

import data.kubeassay.lib.ingress

fail contains finding if {
	ingress.nginx("auth-tls-secret")
	ingress.nginx("auth-tls-verify-client") in {"off", "optional", "optional_no_ca"}
	finding := {
		"message": "Client certificates are not demanded and verified: {value}",
		"path": ["metadata", "annotations", "nginx.ingress.kubernetes.io/auth-tls-verify-client"],
	}
}
