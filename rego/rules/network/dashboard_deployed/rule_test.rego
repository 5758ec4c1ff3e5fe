package kubeassay.rules.network.dashboard_deployed_test

import data.kubeassay.rules.network.dashboard_deployed

pod(image) := {"containers": [{"type": "container", "path": ["spec", "containers", 0], "image": image}]}

test_dashboard_fails if {
	found := dashboard_deployed.fail with input as pod("docker.io/kubernetesui/dashboard-web:1.6.0")
	{finding.path | some finding in found} == {["spec", "containers", 0, "image"]}
	count(dashboard_deployed.fail) == 1 with input as pod("k8s.gcr.io/kubernetes-dashboard-amd64:v1.10.1")
}

test_its_helpers_and_others_pass if {
	count(dashboard_deployed.fail) == 0 with input as pod("kubernetesui/metrics-scraper:v1.0.8")
	count(dashboard_deployed.fail) == 0 with input as pod("registry.example.com/dashboard:1.0.0")
}
