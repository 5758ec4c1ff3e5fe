# METADATA
# title: What Ingresses have in common
# description: Reads metadata.annotations and spec.tls.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/ingress/#tls
package kubeassay.lib.ingress

# METADATA
# title: The value of an annotation of the ingress-nginx controller
nginx(name) := input.metadata.annotations[concat("", ["nginx.ingress.kubernetes.io/", name])]

# METADATA
# title: TLS is ended by a certificate that the Ingress names itself
own_certificate if some _ in input.spec.tls

# METADATA
# title: TLS is ended by what the controller's annotations describe
annotated_certificate if {
	some name in {
		"alb.ingress.kubernetes.io/certificate-arn",
		"networking.gke.io/managed-certificates",
		"ingress.gcp.kubernetes.io/pre-shared-cert",
		"appgw.ingress.kubernetes.io/appgw-ssl-certificate",
		"route.openshift.io/termination",
	}
	input.metadata.annotations[name]
}

annotated_certificate if {
	some name in {
		"traefik.ingress.kubernetes.io/router.tls",
		"nginx.ingress.kubernetes.io/force-ssl-redirect",
		"nginx.ingress.kubernetes.io/ssl-passthrough",
		"haproxy.org/ssl-passthrough",
	}
	input.metadata.annotations[name] == "true"
}

annotated_certificate if {
	contains(input.metadata.annotations["alb.ingress.kubernetes.io/listen-ports"], "HTTPS")
}
