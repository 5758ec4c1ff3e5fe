package kubeassay.rules.network.dangling_gateway_backend_test

import data.kubeassay.rules.network.dangling_gateway_backend

route(exists) := {"facts": {"routes": {"backends": [{
	"path": ["spec", "rules", 0, "backendRefs", 0, "name"],
	"service": "shop",
	"namespace": "default",
	"exists": exists,
}]}}}

test_missing_service_fails if {
	found := dangling_gateway_backend.fail with input as route(false)
	found == {{
		"message": "There is no Service shop in the namespace default",
		"path": ["spec", "rules", 0, "backendRefs", 0, "name"],
	}}
}

test_service_at_hand_passes if {
	count(dangling_gateway_backend.fail) == 0 with input as route(true)
}
