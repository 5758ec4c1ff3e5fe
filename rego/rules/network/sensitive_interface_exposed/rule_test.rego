package kubeassay.rules.network.sensitive_interface_exposed_test

import data.kubeassay.rules.network.sensitive_interface_exposed

scan(images) := {"parameters": {"network.sensitive_interface_exposed": {"images": images}}}

service(type, image) := {
	"kind": "Service",
	"metadata": {"name": "ui"},
	"spec": {"type": type},
	"facts": {"services": {"images": [image]}},
}

ingress(annotations) := {
	"kind": "Ingress",
	"metadata": {"name": "ui", "annotations": annotations},
	"facts": {"routes": {"backends": [{
		"path": ["spec", "defaultBackend", "service", "name"],
		"service": "ui",
		"images": ["docker.io/kubernetesui/dashboard"],
	}]}},
}

test_node_port_fails if {
	found := sensitive_interface_exposed.fail with input as service("NodePort", "quay.io/argoproj/argocli")
		with data.scan as scan([])
	found == {{"message": "Argo Workflows is open to the outside of the cluster", "path": ["spec", "type"]}}
}

test_cluster_ip_passes if {
	count(sensitive_interface_exposed.fail) == 0 with input as service("ClusterIP", "quay.io/argoproj/argocli")
		with data.scan as scan([])
}

test_ordinary_program_passes if {
	count(sensitive_interface_exposed.fail) == 0 with input as service("NodePort", "registry.example.com/shop")
		with data.scan as scan([])
}

test_image_of_the_parameter_fails if {
	count(sensitive_interface_exposed.fail) == 1 with input as service("NodePort", "example.com/console")
		with data.scan as scan(["example.com/console"])
}

test_ingress_fails_at_its_backend if {
	found := sensitive_interface_exposed.fail with input as ingress({}) with data.scan as scan([])
	{finding.path | some finding in found} == {["spec", "defaultBackend", "service", "name"]}
}

test_ingress_with_login_passes if {
	annotations := {"nginx.ingress.kubernetes.io/auth-url": "https://auth.example.com/verify"}
	count(sensitive_interface_exposed.fail) == 0 with input as ingress(annotations) with data.scan as scan([])
}

test_known_service_without_its_workload_fails if {
	unseen := {
		"kind": "Service",
		"metadata": {"name": "argo-server"},
		"spec": {"type": "NodePort"},
		"facts": {"services": {"images": []}},
	}
	count(sensitive_interface_exposed.fail) == 1 with input as unseen with data.scan as scan([])
}
