package kubeassay.rules.rbac.namespace_cluster_admin_binding_test

import data.kubeassay.rules.rbac.namespace_cluster_admin_binding

binding(kind, role) := {
	"kind": "RoleBinding",
	"roleRef": {"kind": kind, "name": role},
	"facts": {"rbac": {"subjects": [{"kind": "User", "name": "jane"}]}},
}

test_cluster_admin_fails if {
	found := namespace_cluster_admin_binding.fail with input as binding("ClusterRole", "cluster-admin")
	found == {{"message": "Grants cluster-admin in the namespace to User jane", "path": ["roleRef", "name"]}}
}

test_role_of_the_namespace_passes if {
	count(namespace_cluster_admin_binding.fail) == 0 with input as binding("Role", "cluster-admin")
}

test_other_role_passes if {
	count(namespace_cluster_admin_binding.fail) == 0 with input as binding("ClusterRole", "edit")
}
