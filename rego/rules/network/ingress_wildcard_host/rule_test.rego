package kubeassay.rules.network.ingress_wildcard_host_test

import data.kubeassay.rules.network.ingress_wildcard_host

ingress(rule) := {"spec": {"rules": [rule]}}

test_wildcard_fails if {
	count(ingress_wildcard_host.fail) == 1 with input as ingress({"host": "*.example.com"})
	count(ingress_wildcard_host.fail) == 1 with input as ingress({"host": "*"})
}

test_no_host_fails if {
	count(ingress_wildcard_host.fail) == 1 with input as ingress({"http": {}})
	count(ingress_wildcard_host.fail) == 1 with input as ingress({"host": ""})
}

test_host_passes if {
	count(ingress_wildcard_host.fail) == 0 with input as ingress({"host": "shop.example.com"})
}
