package kubeassay.rules.network.route_plain_http_test

import data.kubeassay.rules.network.route_plain_http

route(tls) := {"spec": {"tls": tls}}

test_without_tls_fails if {
	found := route_plain_http.fail with input as {}
	{finding.path | some finding in found} == {["spec", "tls"]}
}

test_plain_beside_tls_fails if {
	tls := {"termination": "edge", "insecureEdgeTerminationPolicy": "Allow"}
	found := route_plain_http.fail with input as route(tls)
	{finding.path | some finding in found} == {["spec", "tls", "insecureEdgeTerminationPolicy"]}
}

test_tls_passes if {
	count(route_plain_http.fail) == 0 with input as route({"termination": "reencrypt"})
	tls := {"termination": "edge", "insecureEdgeTerminationPolicy": "Redirect"}
	count(route_plain_http.fail) == 0 with input as route(tls)
}
