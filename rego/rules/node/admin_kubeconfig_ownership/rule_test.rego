package kubeassay.rules.node.admin_kubeconfig_ownership_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.admin_kubeconfig_ownership

test_owner_passes if {
	node := testing.node_file("admin.kubeconfig", {"user": "root", "group": "root"})
	count(admin_kubeconfig_ownership.fail) == 0 with input as node
	count(admin_kubeconfig_ownership.unknown) == 0 with input as node
}

test_other_group_fails if {
	found := admin_kubeconfig_ownership.fail with input as testing.node_file("admin.kubeconfig", {"user": "root", "group": "kube"})
	found == {{
		"message": "/file belongs to root:kube and not to root:root",
		"path": ["files", 3, "group"],
	}}
}

test_unclear_is_unknown if {
	node := testing.node_file("admin.kubeconfig", {"no_owner": "permission was denied"})
	count(admin_kubeconfig_ownership.fail) == 0 with input as node
	count(admin_kubeconfig_ownership.unknown) == 1 with input as node
}

test_nothing_to_judge_does_not_apply if {
	node := testing.no_node_file({"admin.kubeconfig", "super-admin.kubeconfig"}, "not_applicable")
	found := admin_kubeconfig_ownership.not_applicable with input as node
	found == {{"message": "why", "path": []}}
	count(admin_kubeconfig_ownership.unknown) == 0 with input as node
}

test_never_looked_is_unknown if {
	found := admin_kubeconfig_ownership.unknown with input as testing.no_node_file({"admin.kubeconfig", "super-admin.kubeconfig"}, "unknown")
	found == {{"message": "why", "path": ["files"]}}
}
