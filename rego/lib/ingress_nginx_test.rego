package kubeassay.lib.ingress_nginx_test

import data.kubeassay.lib.ingress_nginx

test_controller if {
	ingress_nginx.controller("registry.k8s.io/ingress-nginx/controller:v1.12.0@sha256:ab")
	ingress_nginx.controller("registry.k8s.io/ingress-nginx/controller-chroot:v1.12.0")
	not ingress_nginx.controller("registry.example.com/controller:v1.12.0")
}

test_version if {
	ingress_nginx.version("registry.k8s.io/ingress-nginx/controller:v1.12.0@sha256:ab") == [1, 12, 0]
	not ingress_nginx.version("registry.k8s.io/ingress-nginx/controller@sha256:ab")
}

test_remote_code_execution if {
	ingress_nginx.remote_code_execution("ingress-nginx/controller:v1.9.6")
	ingress_nginx.remote_code_execution("ingress-nginx/controller:v1.11.4")
	ingress_nginx.remote_code_execution("ingress-nginx/controller:v1.12.0")
	not ingress_nginx.remote_code_execution("ingress-nginx/controller:v1.11.5")
	not ingress_nginx.remote_code_execution("ingress-nginx/controller:v1.12.1")
	not ingress_nginx.remote_code_execution("ingress-nginx/controller")
}
