package kubeassay.rules.control_plane.webhook_outside_cluster_test

import data.kubeassay.rules.control_plane.webhook_outside_cluster

webhook(client) := {"webhooks": [{"name": "pods.example.com", "clientConfig": client}]}

test_foreign_address_fails if {
	found := webhook_outside_cluster.fail with input as webhook({"url": "https://hooks.example.com/pods"})
	{finding.path | some finding in found} == {["webhooks", 0, "clientConfig", "url"]}
	count(webhook_outside_cluster.fail) == 1 with input as webhook({"url": "https://a.svc.example.com.evil/x"})
}

test_service_passes if {
	service := {"service": {"namespace": "policy", "name": "pods"}}
	count(webhook_outside_cluster.fail) == 0 with input as webhook(service)
}

test_own_addresses_pass if {
	count(webhook_outside_cluster.fail) == 0 with input as webhook({"url": "https://pods.policy.svc:8443/x"})
	count(webhook_outside_cluster.fail) == 0 with input as webhook({"url": "https://127.0.0.1:21362/x"})
}
