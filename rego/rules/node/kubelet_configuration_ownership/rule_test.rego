package kubeassay.rules.node.kubelet_configuration_ownership_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.kubelet_configuration_ownership

test_owner_passes if {
	node := testing.node_file("kubelet.config", {"user": "root", "group": "root"})
	count(kubelet_configuration_ownership.fail) == 0 with input as node
	count(kubelet_configuration_ownership.unknown) == 0 with input as node
}

test_other_group_fails if {
	found := kubelet_configuration_ownership.fail with input as testing.node_file("kubelet.config", {"user": "root", "group": "kube"})
	found == {{
		"message": "/file belongs to root:kube and not to root:root",
		"path": ["files", 3, "group"],
	}}
}

test_unclear_is_unknown if {
	node := testing.node_file("kubelet.config", {"no_owner": "permission was denied"})
	count(kubelet_configuration_ownership.fail) == 0 with input as node
	count(kubelet_configuration_ownership.unknown) == 1 with input as node
}

test_nothing_to_judge_does_not_apply if {
	node := testing.no_node_file({"kubelet.config"}, "not_applicable")
	found := kubelet_configuration_ownership.not_applicable with input as node
	found == {{"message": "why", "path": []}}
	count(kubelet_configuration_ownership.unknown) == 0 with input as node
}

test_never_looked_is_unknown if {
	found := kubelet_configuration_ownership.unknown with input as testing.no_node_file({"kubelet.config"}, "unknown")
	found == {{"message": "why", "path": ["files"]}}
}
