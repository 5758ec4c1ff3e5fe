package kubeassay.rules.network.ingress_nginx_retired_test

import data.kubeassay.rules.network.ingress_nginx_retired

pod(image) := {"containers": [{"type": "container", "path": ["spec", "containers", 0], "image": image}]}

test_last_version_fails if {
	found := ingress_nginx_retired.fail with input as pod("registry.k8s.io/ingress-nginx/controller:v1.15.1")
	{finding.path | some finding in found} == {["spec", "containers", 0, "image"]}
}

test_vulnerable_version_is_another_fault if {
	image := "registry.k8s.io/ingress-nginx/controller:v1.9.0"
	count(ingress_nginx_retired.fail) == 0 with input as pod(image)
}

test_other_controller_passes if {
	count(ingress_nginx_retired.fail) == 0 with input as pod("docker.io/traefik:v3.5.0")
}
