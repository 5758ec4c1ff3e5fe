package kubeassay.rules.node.kubelet_client_ca_permissions_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.kubelet_client_ca_permissions

test_limit_passes if {
	node := testing.node_file("kubelet.ca", {"bits": 420, "shown": "0644"})
	count(kubelet_client_ca_permissions.fail) == 0 with input as node
	count(kubelet_client_ca_permissions.unknown) == 0 with input as node
}

test_one_more_bit_fails if {
	found := kubelet_client_ca_permissions.fail with input as testing.node_file("kubelet.ca", {"bits": 438, "shown": "0666"})
	found == {{
		"message": "/file has mode 0666, which allows what 0644 does not",
		"path": ["files", 3, "mode"],
	}}
}

test_unclear_is_unknown if {
	node := testing.node_file("kubelet.ca", {"no_mode": "permission was denied"})
	count(kubelet_client_ca_permissions.fail) == 0 with input as node
	count(kubelet_client_ca_permissions.unknown) == 1 with input as node
}

test_nothing_to_judge_does_not_apply if {
	node := testing.no_node_file({"kubelet.ca"}, "not_applicable")
	found := kubelet_client_ca_permissions.not_applicable with input as node
	found == {{"message": "why", "path": []}}
	count(kubelet_client_ca_permissions.unknown) == 0 with input as node
}

test_never_looked_is_unknown if {
	found := kubelet_client_ca_permissions.unknown with input as testing.no_node_file({"kubelet.ca"}, "unknown")
	found == {{"message": "why", "path": ["files"]}}
}
