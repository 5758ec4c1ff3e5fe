package kubeassay.rules.network.ingress_nginx_injection_test

import data.kubeassay.rules.network.ingress_nginx_injection

annotated(name, value) := {"metadata": {"annotations": {concat("", ["nginx.ingress.kubernetes.io/", name]): value}}}

test_broken_out_annotation_fails if {
	url := "http://example.com/#;load_module /tmp/evil.so;"
	found := ingress_nginx_injection.fail with input as annotated("auth-url", url)
	{finding.path | some finding in found} == {["metadata", "annotations", "nginx.ingress.kubernetes.io/auth-url"]}
	count(ingress_nginx_injection.fail) == 1 with input as annotated("auth-tls-match-cn", "CN=a\n}\nserver {")
}

test_broken_out_path_fails if {
	paths := {"spec": {"rules": [{"http": {"paths": [{"path": "/a;} location /b {"}]}}]}}
	found := ingress_nginx_injection.fail with input as paths
	{finding.path | some finding in found} == {["spec", "rules", 0, "http", "paths", 0, "path"]}
}

test_ordinary_values_pass if {
	count(ingress_nginx_injection.fail) == 0 with input as annotated("auth-url", "https://auth.example.com/verify?rd=$uri")
	count(ingress_nginx_injection.fail) == 0 with input as annotated("auth-tls-match-cn", "CN=(api|web)")
	paths := [{"path": "/(.*)"}, {"path": "/item;version=1"}]
	count(ingress_nginx_injection.fail) == 0 with input as {"spec": {"rules": [{"http": {"paths": paths}}]}}
}
