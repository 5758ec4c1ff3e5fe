package kubeassay.rules.node.etcd_manifest_permissions_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.etcd_manifest_permissions

test_limit_passes if {
	node := testing.node_file("etcd.manifest", {"bits": 384, "shown": "0600"})
	count(etcd_manifest_permissions.fail) == 0 with input as node
	count(etcd_manifest_permissions.unknown) == 0 with input as node
}

test_one_more_bit_fails if {
	found := etcd_manifest_permissions.fail with input as testing.node_file("etcd.manifest", {"bits": 416, "shown": "0640"})
	found == {{
		"message": "/file has mode 0640, which allows what 0600 does not",
		"path": ["files", 3, "mode"],
	}}
}

test_unclear_is_unknown if {
	node := testing.node_file("etcd.manifest", {"no_mode": "permission was denied"})
	count(etcd_manifest_permissions.fail) == 0 with input as node
	count(etcd_manifest_permissions.unknown) == 1 with input as node
}

test_nothing_to_judge_does_not_apply if {
	node := testing.no_node_file({"etcd.manifest"}, "not_applicable")
	found := etcd_manifest_permissions.not_applicable with input as node
	found == {{"message": "why", "path": []}}
	count(etcd_manifest_permissions.unknown) == 0 with input as node
}

test_never_looked_is_unknown if {
	found := etcd_manifest_permissions.unknown with input as testing.no_node_file({"etcd.manifest"}, "unknown")
	found == {{"message": "why", "path": ["files"]}}
}
