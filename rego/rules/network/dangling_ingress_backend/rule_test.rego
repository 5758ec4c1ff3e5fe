package kubeassay.rules.network.dangling_ingress_backend_test

import data.kubeassay.rules.network.dangling_ingress_backend

ingress(exists) := {"facts": {"routes": {"backends": [{"path": ["spec", "backend"], "exists": exists}]}}}

test_missing_service_fails if {
	found := dangling_ingress_backend.fail with input as ingress(false)
	{finding.path | some finding in found} == {["spec", "backend"]}
}

test_service_at_hand_passes if {
	count(dangling_ingress_backend.fail) == 0 with input as ingress(true)
}
