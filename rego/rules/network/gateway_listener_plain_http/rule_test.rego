package kubeassay.rules.network.gateway_listener_plain_http_test

import data.kubeassay.rules.network.gateway_listener_plain_http

gateway(listener, redirecting) := {
	"spec": {"listeners": [listener]},
	"facts": {"gateways": {"redirecting": redirecting}},
}

test_plain_listener_fails if {
	listener := {"name": "web", "protocol": "HTTP"}
	found := gateway_listener_plain_http.fail with input as gateway(listener, [])
	{finding.path | some finding in found} == {["spec", "listeners", 0, "protocol"]}
}

test_redirecting_listener_passes if {
	listener := {"name": "web", "protocol": "HTTP"}
	count(gateway_listener_plain_http.fail) == 0 with input as gateway(listener, ["web"])
}

test_other_protocols_pass if {
	count(gateway_listener_plain_http.fail) == 0 with input as gateway({"name": "web", "protocol": "HTTPS"}, [])
}

test_istio_server if {
	plain := {"spec": {"servers": [{"port": {"number": 80, "protocol": "HTTP"}}]}}
	found := gateway_listener_plain_http.fail with input as plain
	{finding.path | some finding in found} == {["spec", "servers", 0, "port", "protocol"]}
	redirected := {"spec": {"servers": [{"port": {"number": 80, "protocol": "HTTP"}, "tls": {"httpsRedirect": true}}]}}
	count(gateway_listener_plain_http.fail) == 0 with input as redirected
}
