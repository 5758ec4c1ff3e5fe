package kubeassay.rules.node.admin_kubeconfig_permissions_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.admin_kubeconfig_permissions

test_limit_passes if {
	node := testing.node_file("admin.kubeconfig", {"bits": 384, "shown": "0600"})
	count(admin_kubeconfig_permissions.fail) == 0 with input as node
	count(admin_kubeconfig_permissions.unknown) == 0 with input as node
}

test_one_more_bit_fails if {
	found := admin_kubeconfig_permissions.fail with input as testing.node_file("admin.kubeconfig", {"bits": 416, "shown": "0640"})
	found == {{
		"message": "/file has mode 0640, which allows what 0600 does not",
		"path": ["files", 3, "mode"],
	}}
}

test_unclear_is_unknown if {
	node := testing.node_file("admin.kubeconfig", {"no_mode": "permission was denied"})
	count(admin_kubeconfig_permissions.fail) == 0 with input as node
	count(admin_kubeconfig_permissions.unknown) == 1 with input as node
}

test_nothing_to_judge_does_not_apply if {
	node := testing.no_node_file({"admin.kubeconfig", "super-admin.kubeconfig"}, "not_applicable")
	found := admin_kubeconfig_permissions.not_applicable with input as node
	found == {{"message": "why", "path": []}}
	count(admin_kubeconfig_permissions.unknown) == 0 with input as node
}

test_never_looked_is_unknown if {
	found := admin_kubeconfig_permissions.unknown with input as testing.no_node_file({"admin.kubeconfig", "super-admin.kubeconfig"}, "unknown")
	found == {{"message": "why", "path": ["files"]}}
}
