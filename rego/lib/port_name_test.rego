package kubeassay.lib.port_name_test

import data.kubeassay.lib.port_name

test_valid if {
	port_name.valid("http")
	port_name.valid("a-1")
	not port_name.valid("8080")
	not port_name.valid("Http")
	not port_name.valid("http_port")
	not port_name.valid("a--b")
	not port_name.valid("metrics-endpoint")
	not port_name.valid("")
}
