package kubeassay.rules.network.backend_port_unknown_test

import data.kubeassay.rules.network.backend_port_unknown

ingress(unknown) := {"facts": {"routes": {"unknown_ports": unknown}}}

test_unknown_port_fails if {
	path := ["spec", "defaultBackend", "service", "port", "number"]
	found := backend_port_unknown.fail with input as ingress([{"path": path, "service": "shop"}])
	found == {{"message": "The Service shop has no port {value}", "path": path}}
}

test_known_ports_pass if {
	count(backend_port_unknown.fail) == 0 with input as ingress([])
}
