package kubeassay.rules.network.ingress_plain_http_allowed_test

import data.kubeassay.rules.network.ingress_plain_http_allowed

redirect(value, tls) := {
	"metadata": {"annotations": {"nginx.ingress.kubernetes.io/ssl-redirect": value}},
	"spec": {"tls": tls},
}

test_no_redirect_fails if {
	found := ingress_plain_http_allowed.fail with input as redirect("false", [{"secretName": "shop"}])
	{finding.path | some finding in found} == {["metadata", "annotations", "nginx.ingress.kubernetes.io/ssl-redirect"]}
}

test_redirect_passes if {
	count(ingress_plain_http_allowed.fail) == 0 with input as redirect("true", [{"secretName": "shop"}])
}

test_without_tls_is_another_fault if {
	count(ingress_plain_http_allowed.fail) == 0 with input as redirect("false", [])
}
