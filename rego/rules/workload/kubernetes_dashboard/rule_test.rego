package kubeassay.rules.workload.kubernetes_dashboard_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.workload.kubernetes_dashboard

faults(image) := found if {
	found := kubernetes_dashboard.fail with input as testing.pod(image)
}

test_dashboard_fails if {
	count(faults("docker.io/kubernetesui/dashboard:v2.7.0")) == 1
	count(faults("kubernetesui/dashboard-web:1.7.0")) == 1
	count(faults("kubernetesui/dashboard-auth:1.3.0")) == 1
	count(faults("k8s.gcr.io/kubernetes-dashboard-amd64:v1.10.1")) == 1
}

test_others_pass if {
	count(faults("registry.example.com/sales/dashboard:1.0.0")) == 0
	count(faults("docker.io/kubernetesui/metrics-scraper:v1.0.9")) == 0
}
