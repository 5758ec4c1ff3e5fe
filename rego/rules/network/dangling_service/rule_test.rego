package kubeassay.rules.network.dangling_service_test

import data.kubeassay.rules.network.dangling_service

service(none) := {"facts": {"services": {"selects_none": none}}}

test_selecting_none_fails if {
	found := dangling_service.fail with input as service(true)
	{finding.path | some finding in found} == {["spec", "selector"]}
}

test_selecting_some_passes if {
	count(dangling_service.fail) == 0 with input as service(false)
	count(dangling_service.not_applicable) == 0 with input as service(false)
}

test_without_selector_does_not_apply if {
	count(dangling_service.not_applicable) == 1 with input as {}
}
