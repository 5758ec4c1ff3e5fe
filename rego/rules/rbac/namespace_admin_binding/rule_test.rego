package kubeassay.rules.rbac.namespace_admin_binding_test

import data.kubeassay.rules.rbac.namespace_admin_binding

binding(kind, role) := {
	"kind": "RoleBinding",
	"roleRef": {"kind": kind, "name": role},
	"facts": {"rbac": {"subjects": [{"kind": "User", "name": "jane"}]}},
}

test_admin_fails if {
	found := namespace_admin_binding.fail with input as binding("ClusterRole", "admin")
	found == {{"message": "Grants {value} in the namespace to User jane", "path": ["roleRef", "name"]}}
}

test_view_passes if {
	count(namespace_admin_binding.fail) == 0 with input as binding("ClusterRole", "view")
}

test_role_of_the_namespace_passes if {
	count(namespace_admin_binding.fail) == 0 with input as binding("Role", "admin")
}
