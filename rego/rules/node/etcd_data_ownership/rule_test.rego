package kubeassay.rules.node.etcd_data_ownership_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.etcd_data_ownership

test_owner_passes if {
	node := testing.node_file("etcd.data", {"user": "etcd", "group": "etcd"})
	count(etcd_data_ownership.fail) == 0 with input as node
	count(etcd_data_ownership.unknown) == 0 with input as node
}

test_other_group_fails if {
	found := etcd_data_ownership.fail with input as testing.node_file("etcd.data", {"user": "etcd", "group": "kube"})
	found == {{
		"message": "/file belongs to etcd:kube and not to etcd:etcd",
		"path": ["files", 3, "group"],
	}}
}

test_unclear_is_unknown if {
	node := testing.node_file("etcd.data", {"no_owner": "permission was denied"})
	count(etcd_data_ownership.fail) == 0 with input as node
	count(etcd_data_ownership.unknown) == 1 with input as node
}

test_nothing_to_judge_does_not_apply if {
	node := testing.no_node_file({"etcd.data"}, "not_applicable")
	found := etcd_data_ownership.not_applicable with input as node
	found == {{"message": "why", "path": []}}
	count(etcd_data_ownership.unknown) == 0 with input as node
}

test_never_looked_is_unknown if {
	found := etcd_data_ownership.unknown with input as testing.no_node_file({"etcd.data"}, "unknown")
	found == {{"message": "why", "path": ["files"]}}
}
