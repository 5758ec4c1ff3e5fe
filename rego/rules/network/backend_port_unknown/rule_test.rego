package kubeassay.rules.network.backend_port_unknown_test

import data.kubeassay.rules.network.backend_port_unknown

ingress(serves) := {"facts": {"routes": {"backends": [{
	"service": "shop",
	"port": 8080,
	"port_path": ["spec", "defaultBackend", "service", "port", "number"],
	"serves": serves,
}]}}}

test_unknown_port_fails if {
	found := backend_port_unknown.fail with input as ingress(false)
	found == {{
		"message": "The Service shop has no port 8080",
		"path": ["spec", "defaultBackend", "service", "port", "number"],
	}}
}

test_known_port_passes if {
	count(backend_port_unknown.fail) == 0 with input as ingress(true)
}
