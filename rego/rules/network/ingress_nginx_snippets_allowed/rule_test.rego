package kubeassay.rules.network.ingress_nginx_snippets_allowed_test

import data.kubeassay.rules.network.ingress_nginx_snippets_allowed

config(value) := {"data": {"allow-snippet-annotations": value}}

test_allowed_fails if {
	found := ingress_nginx_snippets_allowed.fail with input as config("true")
	{finding.path | some finding in found} == {["data", "allow-snippet-annotations"]}
}

test_refused_passes if {
	count(ingress_nginx_snippets_allowed.fail) == 0 with input as config("false")
	count(ingress_nginx_snippets_allowed.not_applicable) == 0 with input as config("false")
}

test_other_config_maps_do_not_apply if {
	count(ingress_nginx_snippets_allowed.not_applicable) == 1 with input as {}
}
