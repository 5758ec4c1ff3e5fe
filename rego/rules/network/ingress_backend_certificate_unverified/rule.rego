# METADATA
# title: Ingress does not check its backend's certificate
# description: >-
#   It speaks TLS to the backend but takes any certificate, so whoever answers in the backend's place can
#   read and change the traffic.
# scope: package
# related_resources:
#   - ref: https://kubernetes.github.io/ingress-nginx/user-guide/nginx-configuration/annotations/#backend-certificate-authentication
# custom:
#   id: KA-N-0013
#   severity: low
#   over: object
#   kinds: [Ingress.networking.k8s.io, Ingress.extensions]
#   reads: [metadata.annotations]
#   remediation: Set proxy-ssl-verify to "on" and name the authority's certificate in proxy-ssl-secret.
package kubeassay.rules.network.ingress_backend_certificate_unverified

import data.kubeassay.lib.ingress

fail contains finding if {
	ingress.nginx("backend-protocol") in {"HTTPS", "GRPCS"}
	not verifies
	finding := {
		"message": "The Ingress speaks {value} to its backend without checking the certificate",
		"path": ["metadata", "annotations", "nginx.ingress.kubernetes.io/backend-protocol"],
	}
}

verifies if ingress.nginx("proxy-ssl-verify") == "on"
