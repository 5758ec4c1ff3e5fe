package kubeassay.rules.node.etcd_data_not_root_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.etcd_data_not_root

test_owner_passes if {
	node := testing.node_file("etcd.data", {"user": "root", "group": "root"})
	count(etcd_data_not_root.fail) == 0 with input as node
	count(etcd_data_not_root.unknown) == 0 with input as node
}

test_other_group_fails if {
	found := etcd_data_not_root.fail with input as testing.node_file("etcd.data", {"user": "root", "group": "kube"})
	found == {{
		"message": "/file belongs to root:kube and not to root:root",
		"path": ["files", 3, "group"],
	}}
}

test_unclear_is_unknown if {
	node := testing.node_file("etcd.data", {"no_owner": "permission was denied"})
	count(etcd_data_not_root.fail) == 0 with input as node
	count(etcd_data_not_root.unknown) == 1 with input as node
}

test_nothing_to_judge_does_not_apply if {
	node := testing.no_node_file({"etcd.data"}, "not_applicable")
	found := etcd_data_not_root.not_applicable with input as node
	found == {{"message": "why", "path": []}}
	count(etcd_data_not_root.unknown) == 0 with input as node
}

test_never_looked_is_unknown if {
	found := etcd_data_not_root.unknown with input as testing.no_node_file({"etcd.data"}, "unknown")
	found == {{"message": "why", "path": ["files"]}}
}
