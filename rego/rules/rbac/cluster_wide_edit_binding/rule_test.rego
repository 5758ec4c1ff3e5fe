package kubeassay.rules.rbac.cluster_wide_edit_binding_test

import data.kubeassay.rules.rbac.cluster_wide_edit_binding

binding(kind, role) := {
	"kind": "ClusterRoleBinding",
	"roleRef": {"kind": kind, "name": role},
	"facts": {"rbac": {"subjects": [{"kind": "User", "name": "jane"}]}},
}

test_edit_fails if {
	found := cluster_wide_edit_binding.fail with input as binding("ClusterRole", "edit")
	found == {{"message": "Grants {value} in every namespace to User jane", "path": ["roleRef", "name"]}}
}

test_view_passes if {
	count(cluster_wide_edit_binding.fail) == 0 with input as binding("ClusterRole", "view")
}

test_invalid_reference_to_a_role_passes if {
	count(cluster_wide_edit_binding.fail) == 0 with input as binding("Role", "admin")
}
