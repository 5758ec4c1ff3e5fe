package kubeassay.rules.node.kubelet_read_only_port_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.kubelet_read_only_port

test_fault_fails if {
	found := kubelet_read_only_port.fail with input as testing.kubelet({"read-only-port": 10255})
	count(found) == 1
	some finding in found
	endswith(finding.message, "read-only-port is 10255 by its flag")
	finding.path == ["kubelet", "flags", "read-only-port"]
}

test_other_value_passes if {
	node := testing.kubelet({"read-only-port": 0})
	count(kubelet_read_only_port.fail) == 0 with input as node
	count(kubelet_read_only_port.unknown) == 0 with input as node
}

test_unclear_is_unknown if {
	node := testing.unclear_kubelet({"read-only-port"})
	count(kubelet_read_only_port.fail) == 0 with input as node
	found := kubelet_read_only_port.unknown with input as node
	found == {{"message": "read-only-port of the kubelet is not known: why", "path": ["kubelet"]}}
}

test_no_kubelet_does_not_apply if {
	count(kubelet_read_only_port.not_applicable) == 1 with input as testing.kubelet({})
}
