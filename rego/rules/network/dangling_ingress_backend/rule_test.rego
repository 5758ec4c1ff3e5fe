package kubeassay.rules.network.dangling_ingress_backend_test

import data.kubeassay.rules.network.dangling_ingress_backend

ingress(missing) := {"facts": {"routes": {"missing_services": missing}}}

test_missing_service_fails if {
	path := ["spec", "defaultBackend", "service", "name"]
	found := dangling_ingress_backend.fail with input as ingress([{"path": path}])
	{finding.path | some finding in found} == {path}
}

test_services_at_hand_pass if {
	count(dangling_ingress_backend.fail) == 0 with input as ingress([])
}
