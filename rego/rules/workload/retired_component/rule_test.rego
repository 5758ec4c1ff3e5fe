package kubeassay.rules.workload.retired_component_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.workload.retired_component

messages(image) := found if {
	faults := retired_component.fail with input as testing.pod(image)
	found := {finding.message | some finding in faults}
}

test_retired_components_fail if {
	messages("registry.k8s.io/ingress-nginx/controller:v1.14.0@sha256:ab") == {"{container} is the Ingress NGINX controller, given up in March 2026; replace it by an implementation of the Gateway API"}
	count(messages("mirror.example.com/k8s/heapster-amd64:v1.5.4")) == 1
}

test_others_pass if {
	messages("docker.io/nginx/nginx-ingress:5.0.0") == set()
	messages("registry.example.com/controller:1.0.0") == set()
}
