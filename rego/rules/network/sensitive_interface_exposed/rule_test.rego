package kubeassay.rules.network.sensitive_interface_exposed_test

import data.kubeassay.rules.network.sensitive_interface_exposed

service(type, program) := {
	"kind": "Service",
	"spec": {"type": type},
	"facts": {"interfaces": {"behind": program, "routed": []}},
}

ingress(annotations) := {
	"kind": "Ingress",
	"metadata": {"annotations": annotations},
	"facts": {"interfaces": {"behind": "", "routed": [{
		"path": ["spec", "defaultBackend", "service", "name"],
		"service": "ui",
		"program": "Kubernetes Dashboard",
	}]}},
}

test_node_port_fails if {
	found := sensitive_interface_exposed.fail with input as service("NodePort", "Argo Workflows")
	found == {{"message": "Argo Workflows is open to the outside of the cluster", "path": ["spec", "type"]}}
}

test_cluster_ip_passes if {
	count(sensitive_interface_exposed.fail) == 0 with input as service("ClusterIP", "Argo Workflows")
}

test_ordinary_program_passes if {
	count(sensitive_interface_exposed.fail) == 0 with input as service("NodePort", "")
}

test_ingress_fails_at_its_backend if {
	found := sensitive_interface_exposed.fail with input as ingress({})
	{finding.path | some finding in found} == {["spec", "defaultBackend", "service", "name"]}
}

test_ingress_with_login_passes if {
	annotations := {"nginx.ingress.kubernetes.io/auth-url": "https://auth.example.com/verify"}
	count(sensitive_interface_exposed.fail) == 0 with input as ingress(annotations)
}
