package kubeassay.rules.network.dangling_service_test

import data.kubeassay.rules.network.dangling_service

test_selecting_none_fails if {
	found := dangling_service.fail with input as {"facts": {"services": {"selected": []}}}
	{finding.path | some finding in found} == {["spec", "selector"]}
}

test_selecting_some_passes if {
	selected := [{"kind": "Pod", "name": "api", "ports": []}]
	count(dangling_service.fail) == 0 with input as {"facts": {"services": {"selected": selected}}}
	count(dangling_service.not_applicable) == 0 with input as {"facts": {"services": {"selected": selected}}}
}

test_without_selector_does_not_apply if {
	count(dangling_service.not_applicable) == 1 with input as {}
}
