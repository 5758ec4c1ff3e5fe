package kubeassay.rules.network.service_tiller_test

import data.kubeassay.rules.network.service_tiller

test_tiller_fails if {
	found := service_tiller.fail with input as {"metadata": {"name": "tiller-deploy"}}
	{finding.path | some finding in found} == {["metadata", "name"]}
}

test_tiller_by_selector_fails if {
	service := {"metadata": {"name": "helm"}, "spec": {"selector": {"app": "helm", "name": "tiller"}}}
	count(service_tiller.fail) == 1 with input as service
}

test_other_service_passes if {
	count(service_tiller.fail) == 0 with input as {"metadata": {"name": "shop"}, "spec": {"selector": {"app": "helm"}}}
}
