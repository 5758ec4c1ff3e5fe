package kubeassay.rules.node.kubelet_service_writable_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.kubelet_service_writable

test_limit_passes if {
	node := testing.node_file("kubelet.service", {"bits": 420, "shown": "0644"})
	count(kubelet_service_writable.fail) == 0 with input as node
	count(kubelet_service_writable.unknown) == 0 with input as node
}

test_one_more_bit_fails if {
	found := kubelet_service_writable.fail with input as testing.node_file("kubelet.service", {"bits": 436, "shown": "0664"})
	found == {{
		"message": "/file has mode 0664, which allows what 0644 does not",
		"path": ["files", 3, "mode"],
	}}
}

test_unclear_is_unknown if {
	node := testing.node_file("kubelet.service", {"no_mode": "permission was denied"})
	count(kubelet_service_writable.fail) == 0 with input as node
	count(kubelet_service_writable.unknown) == 1 with input as node
}

test_nothing_to_judge_does_not_apply if {
	node := testing.no_node_file({"kubelet.service"}, "not_applicable")
	found := kubelet_service_writable.not_applicable with input as node
	found == {{"message": "why", "path": []}}
	count(kubelet_service_writable.unknown) == 0 with input as node
}

test_never_looked_is_unknown if {
	found := kubelet_service_writable.unknown with input as testing.no_node_file({"kubelet.service"}, "unknown")
	found == {{"message": "why", "path": ["files"]}}
}
