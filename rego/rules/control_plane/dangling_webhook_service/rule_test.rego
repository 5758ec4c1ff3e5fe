package kubeassay.rules.control_plane.dangling_webhook_service_test

import data.kubeassay.rules.control_plane.dangling_webhook_service

configuration(missing) := {"facts": {"admission": {"missing_services": missing}}}

test_missing_service_fails if {
	path := ["webhooks", 0, "clientConfig", "service", "name"]
	missing := [{"path": path, "service": "policy/pods"}]
	found := dangling_webhook_service.fail with input as configuration(missing)
	found == {{"message": "There is no Service policy/pods to ask", "path": path}}
}

test_services_at_hand_pass if {
	count(dangling_webhook_service.fail) == 0 with input as configuration([])
}
