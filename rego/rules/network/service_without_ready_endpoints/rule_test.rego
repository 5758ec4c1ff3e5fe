package kubeassay.rules.network.service_without_ready_endpoints_test

import data.kubeassay.rules.network.service_without_ready_endpoints

service(ready) := {"facts": {"services": {"unready": {"path": ["spec", "selector"], "listed": 2, "ready": ready}}}}

test_none_ready_fails if {
	found := service_without_ready_endpoints.fail with input as service(0)
	found == {{"message": "None of the Service's endpoints is ready (2 listed)", "path": ["spec", "selector"]}}
}

test_one_ready_passes if {
	count(service_without_ready_endpoints.fail) == 0 with input as service(1)
	count(service_without_ready_endpoints.not_applicable) == 0 with input as service(1)
}

test_without_endpoints_does_not_apply if {
	count(service_without_ready_endpoints.fail) == 0 with input as {}
	count(service_without_ready_endpoints.not_applicable) == 1 with input as {}
}
