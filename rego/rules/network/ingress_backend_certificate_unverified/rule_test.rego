package kubeassay.rules.network.ingress_backend_certificate_unverified_test

import data.kubeassay.rules.network.ingress_backend_certificate_unverified

ingress(annotations) := {"metadata": {"annotations": annotations}}

test_unverified_fails if {
	annotations := {"nginx.ingress.kubernetes.io/backend-protocol": "HTTPS"}
	count(ingress_backend_certificate_unverified.fail) == 1 with input as ingress(annotations)
}

test_verified_passes if {
	annotations := {
		"nginx.ingress.kubernetes.io/backend-protocol": "HTTPS",
		"nginx.ingress.kubernetes.io/proxy-ssl-verify": "on",
	}
	count(ingress_backend_certificate_unverified.fail) == 0 with input as ingress(annotations)
}

test_plain_backend_passes if {
	count(ingress_backend_certificate_unverified.fail) == 0 with input as ingress({})
}
