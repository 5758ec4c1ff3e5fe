package kubeassay.rules.network.dangling_gateway_backend_test

import data.kubeassay.rules.network.dangling_gateway_backend

route(missing) := {"facts": {"routes": {"missing_services": missing}}}

test_missing_service_fails if {
	path := ["spec", "rules", 0, "backendRefs", 0, "name"]
	missing := {"path": path, "service": "shop", "namespace": "default"}
	found := dangling_gateway_backend.fail with input as route([missing])
	found == {{"message": "There is no Service shop in the namespace default", "path": path}}
}

test_services_at_hand_pass if {
	count(dangling_gateway_backend.fail) == 0 with input as route([])
}
