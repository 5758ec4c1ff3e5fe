package kubeassay.rules.network.service_tiller_test

import data.kubeassay.rules.network.service_tiller

service(tiller) := {"facts": {"interfaces": {"is_tiller": tiller}}}

test_tiller_fails if {
	found := service_tiller.fail with input as service(true)
	{finding.path | some finding in found} == {["metadata", "name"]}
}

test_other_service_passes if {
	count(service_tiller.fail) == 0 with input as service(false)
}
