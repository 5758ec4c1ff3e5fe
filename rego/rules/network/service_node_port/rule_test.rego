package kubeassay.rules.network.service_node_port_test

import data.kubeassay.rules.network.service_node_port

test_node_port_fails if {
	found := service_node_port.fail with input as {"spec": {"type": "NodePort"}}
	found == {{"message": "The Service is open on a port of every node", "path": ["spec", "type"]}}
}

test_other_types_pass if {
	count(service_node_port.fail) == 0 with input as {"spec": {"type": "ClusterIP"}}
	count(service_node_port.fail) == 0 with input as {}
}
