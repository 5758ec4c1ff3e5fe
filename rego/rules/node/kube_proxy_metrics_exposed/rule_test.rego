package kubeassay.rules.node.kube_proxy_metrics_exposed_test

import data.kubeassay.rules.node.kube_proxy_metrics_exposed

proxy(address, host) := {"facts": {"kube_proxy": {"metrics": {
	"address": address,
	"host": host,
	"source": "its flag",
	"path": ["spec"],
}}}}

test_every_address_fails if {
	found := kube_proxy_metrics_exposed.fail with input as proxy("0.0.0.0:10249", "0.0.0.0")
	found == {{"message": "Metrics are served at 0.0.0.0:10249 by its flag", "path": ["spec"]}}
}

test_no_host_fails if {
	count(kube_proxy_metrics_exposed.fail) == 1 with input as proxy(":10249", "")
}

test_name_that_begins_alike_fails if {
	count(kube_proxy_metrics_exposed.fail) == 1 with input as proxy("127.0.0.1.example:10249", "127.0.0.1.example")
}

test_loopback_passes if {
	every host in ["127.0.0.1", "127.1.2.3", "::1", "localhost", "::ffff:127.0.0.1"] {
		count(kube_proxy_metrics_exposed.fail) == 0 with input as proxy("x", host)
		count(kube_proxy_metrics_exposed.unknown) == 0 with input as proxy("x", host)
	}
}

test_unclear_is_unknown if {
	unclear := {"facts": {"kube_proxy": {"metrics": {"unknown": "why", "path": ["spec"]}}}}
	count(kube_proxy_metrics_exposed.fail) == 0 with input as unclear
	count(kube_proxy_metrics_exposed.unknown) == 1 with input as unclear
}
