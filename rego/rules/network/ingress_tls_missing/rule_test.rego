package kubeassay.rules.network.ingress_tls_missing_test

import data.kubeassay.rules.network.ingress_tls_missing

site(host, tls) := {"spec": {"rules": [{"host": host}], "tls": tls}}

test_without_tls_fails if {
	found := ingress_tls_missing.fail with input as {"spec": {"rules": [{"host": "shop.example.com"}]}}
	{finding.path | some finding in found} == {["spec", "tls"]}
}

test_host_without_certificate_fails if {
	found := ingress_tls_missing.fail with input as site("shop.example.com", [{"hosts": ["www.example.com"]}])
	{finding.path | some finding in found} == {["spec", "rules", 0, "host"]}
	count(ingress_tls_missing.fail) == 1 with input as site("a.b.example.com", [{"hosts": ["*.example.com"]}])
}

test_covered_hosts_pass if {
	count(ingress_tls_missing.fail) == 0 with input as site("shop.example.com", [{"hosts": ["shop.example.com"]}])
	count(ingress_tls_missing.fail) == 0 with input as site("shop.example.com", [{"hosts": ["*.example.com"]}])
	count(ingress_tls_missing.fail) == 0 with input as site("shop.example.com", [{"secretName": "shop"}])
}

test_certificate_by_annotation_passes if {
	annotations := {"alb.ingress.kubernetes.io/certificate-arn": "arn:aws:acm:eu-central-1:1:certificate/a"}
	count(ingress_tls_missing.fail) == 0 with input as {"metadata": {"annotations": annotations}}
}
