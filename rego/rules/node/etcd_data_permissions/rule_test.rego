package kubeassay.rules.node.etcd_data_permissions_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.etcd_data_permissions

test_limit_passes if {
	node := testing.node_file("etcd.data", {"bits": 448, "shown": "0700"})
	count(etcd_data_permissions.fail) == 0 with input as node
	count(etcd_data_permissions.unknown) == 0 with input as node
}

test_one_more_bit_fails if {
	found := etcd_data_permissions.fail with input as testing.node_file("etcd.data", {"bits": 488, "shown": "0750"})
	found == {{
		"message": "/file has mode 0750, which allows what 0700 does not",
		"path": ["files", 3, "mode"],
	}}
}

test_unclear_is_unknown if {
	node := testing.node_file("etcd.data", {"no_mode": "permission was denied"})
	count(etcd_data_permissions.fail) == 0 with input as node
	count(etcd_data_permissions.unknown) == 1 with input as node
}

test_nothing_to_judge_does_not_apply if {
	node := testing.no_node_file({"etcd.data"}, "not_applicable")
	found := etcd_data_permissions.not_applicable with input as node
	found == {{"message": "why", "path": []}}
	count(etcd_data_permissions.unknown) == 0 with input as node
}

test_never_looked_is_unknown if {
	found := etcd_data_permissions.unknown with input as testing.no_node_file({"etcd.data"}, "unknown")
	found == {{"message": "why", "path": ["files"]}}
}
