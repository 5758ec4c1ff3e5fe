package kubeassay.rules.network.gateway_backend_not_granted_test

import data.kubeassay.rules.network.gateway_backend_not_granted

route(exists, granted) := {"facts": {"routes": {"backends": [{
	"path": ["spec", "rules", 0, "backendRefs", 0, "name"],
	"service": "shop",
	"namespace": "shop",
	"exists": exists,
	"granted": granted,
}]}}}

test_not_granted_fails if {
	count(gateway_backend_not_granted.fail) == 1 with input as route(true, false)
}

test_granted_passes if {
	count(gateway_backend_not_granted.fail) == 0 with input as route(true, true)
}

test_missing_service_is_another_fault if {
	count(gateway_backend_not_granted.fail) == 0 with input as route(false, false)
}
