package kubeassay.rules.network.service_load_balancer_plain_http_test

import data.kubeassay.rules.network.service_load_balancer_plain_http

balancer(ports) := {"spec": {"type": "LoadBalancer", "ports": ports}}

test_plain_port_fails if {
	found := service_load_balancer_plain_http.fail with input as balancer([{"port": 80}])
	{finding.path | some finding in found} == {["spec", "ports", 0, "port"]}
}

test_port_beside_https_passes if {
	count(service_load_balancer_plain_http.fail) == 0 with input as balancer([{"port": 80}, {"port": 443}])
	count(service_load_balancer_plain_http.fail) == 0 with input as balancer([{"port": 80}, {"port": 9443, "name": "https"}])
}

test_certificate_at_the_load_balancer_passes if {
	annotations := {"service.beta.kubernetes.io/aws-load-balancer-ssl-cert": "arn:aws:acm:eu-central-1:1:certificate/a"}
	service := object.union(balancer([{"port": 80}]), {"metadata": {"annotations": annotations}})
	count(service_load_balancer_plain_http.fail) == 0 with input as service
}

test_other_protocols_pass if {
	count(service_load_balancer_plain_http.fail) == 0 with input as balancer([{"port": 5432, "name": "postgres"}])
}
