package kubeassay.rules.rbac.default_service_account_binding_test

import data.kubeassay.rules.rbac.default_service_account_binding

binding(name, role, subject) := {
	"metadata": {"name": name},
	"roleRef": {"kind": "ClusterRole", "name": role},
	"facts": {"rbac": {"subjects": [object.union(subject, {"path": ["subjects", 0, "name"]})]}},
}

path := ["subjects", 0, "name"]

test_default_fails if {
	given := binding("x", "view", {"kind": "ServiceAccount", "namespace": "shop", "name": "default"})
	found := default_service_account_binding.fail with input as given
	found == {{
		"message": "Grants ClusterRole view to the default service account of namespace shop",
		"path": path,
	}}
}

test_other_account_passes if {
	given := binding("x", "view", {"kind": "ServiceAccount", "namespace": "default", "name": "storefront"})
	count(default_service_account_binding.fail) == 0 with input as given
}

test_user_called_default_passes if {
	given := binding("x", "view", {"kind": "User", "namespace": "", "name": "default"})
	count(default_service_account_binding.fail) == 0 with input as given
}
