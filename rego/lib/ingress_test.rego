package kubeassay.lib.ingress_test

import data.kubeassay.lib.ingress

annotated(name, value) := {"metadata": {"annotations": {name: value}}}

test_certificate_by_annotation if {
	ingress.annotated_certificate with input as annotated("alb.ingress.kubernetes.io/certificate-arn", "arn:aws:acm")
	ingress.annotated_certificate with input as annotated("alb.ingress.kubernetes.io/listen-ports", `[{"HTTPS": 443}]`)
	ingress.annotated_certificate with input as annotated("traefik.ingress.kubernetes.io/router.tls", "true")
	not ingress.annotated_certificate with input as annotated("traefik.ingress.kubernetes.io/router.tls", "false")
	not ingress.annotated_certificate with input as {}
}

test_own_certificate if {
	ingress.own_certificate with input as {"spec": {"tls": [{"secretName": "a"}]}}
	not ingress.own_certificate with input as {"spec": {"tls": []}}
	not ingress.own_certificate with input as {}
}
