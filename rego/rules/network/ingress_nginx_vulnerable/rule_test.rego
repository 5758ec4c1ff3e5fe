package kubeassay.rules.network.ingress_nginx_vulnerable_test

import data.kubeassay.rules.network.ingress_nginx_vulnerable

pod(image) := {"containers": [{"type": "container", "path": ["spec", "containers", 0], "image": image}]}

test_vulnerable_version_fails if {
	found := ingress_nginx_vulnerable.fail with input as pod("registry.k8s.io/ingress-nginx/controller:v1.11.2")
	found == {{
		"message": "ingress-nginx 1.11.2 runs code of any pod that reaches its webhook",
		"path": ["spec", "containers", 0, "image"],
	}}
}

test_fixed_version_passes if {
	count(ingress_nginx_vulnerable.fail) == 0 with input as pod("registry.k8s.io/ingress-nginx/controller:v1.12.1")
}

test_without_version_is_unknown if {
	image := "registry.k8s.io/ingress-nginx/controller@sha256:ab"
	count(ingress_nginx_vulnerable.unknown) == 1 with input as pod(image)
}

test_other_image_passes if {
	count(ingress_nginx_vulnerable.fail) == 0 with input as pod("registry.example.com/shop:1.4.2")
	count(ingress_nginx_vulnerable.unknown) == 0 with input as pod("registry.example.com/shop:1.4.2")
}
