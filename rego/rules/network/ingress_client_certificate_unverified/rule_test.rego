package kubeassay.rules.network.ingress_client_certificate_unverified_test

import data.kubeassay.rules.network.ingress_client_certificate_unverified

ingress(verify) := {"metadata": {"annotations": {
	"nginx.ingress.kubernetes.io/auth-tls-secret": "shop/ca",
	"nginx.ingress.kubernetes.io/auth-tls-verify-client": verify,
}}}

test_unverified_fails if {
	count(ingress_client_certificate_unverified.fail) == 1 with input as ingress("optional_no_ca")
	count(ingress_client_certificate_unverified.fail) == 1 with input as ingress("off")
}

test_verified_passes if {
	count(ingress_client_certificate_unverified.fail) == 0 with input as ingress("on")
}

test_without_client_certificates_passes if {
	annotations := {"nginx.ingress.kubernetes.io/auth-tls-verify-client": "off"}
	count(ingress_client_certificate_unverified.fail) == 0 with input as {"metadata": {"annotations": annotations}}
}
