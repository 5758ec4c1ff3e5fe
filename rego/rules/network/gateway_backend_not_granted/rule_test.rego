package kubeassay.rules.network.gateway_backend_not_granted_test

import data.kubeassay.rules.network.gateway_backend_not_granted

route(ungranted) := {"facts": {"routes": {"ungranted_services": ungranted}}}

test_not_granted_fails if {
	path := ["spec", "rules", 0, "backendRefs", 0, "name"]
	ungranted := {"path": path, "service": "api", "namespace": "shop"}
	found := gateway_backend_not_granted.fail with input as route([ungranted])
	found == {{"message": "No ReferenceGrant in shop lets the route use the Service api", "path": path}}
}

test_granted_passes if {
	count(gateway_backend_not_granted.fail) == 0 with input as route([])
}
