package kubeassay.rules.rbac.authenticated_binding_test

import data.kubeassay.rules.rbac.authenticated_binding

binding(name, role, subject) := {
	"metadata": {"name": name},
	"roleRef": {"kind": "ClusterRole", "name": role},
	"facts": {"rbac": {"subjects": [object.union(subject, {"path": ["subjects", 0, "name"]})]}},
}

path := ["subjects", 0, "name"]

test_group_fails if {
	given := binding("x", "view", {"kind": "Group", "name": "system:authenticated"})
	found := authenticated_binding.fail with input as given
	{finding.path | some finding in found} == {path}
}

test_other_group_passes if {
	count(authenticated_binding.fail) == 0 with input as binding("x", "view", {"kind": "Group", "name": "support"})
}

test_discovery_is_not_applicable if {
	given := binding("x", "system:discovery", {"kind": "Group", "name": "system:authenticated"})
	count(authenticated_binding.fail) == 0 with input as given
	count(authenticated_binding.not_applicable) == 1 with input as given
}
