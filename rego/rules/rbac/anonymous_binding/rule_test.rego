package kubeassay.rules.rbac.anonymous_binding_test

import data.kubeassay.rules.rbac.anonymous_binding

binding(name, role, subject) := {
	"metadata": {"name": name},
	"roleRef": {"kind": "ClusterRole", "name": role},
	"facts": {"rbac": {"subjects": [object.union(subject, {"path": ["subjects", 0, "name"]})]}},
}

path := ["subjects", 0, "name"]

test_strangers_fail if {
	every subject in [
		{"kind": "User", "name": "system:anonymous"},
		{"kind": "Group", "name": "system:unauthenticated"},
	] {
		found := anonymous_binding.fail with input as binding("x", "view", subject)
		{finding.path | some finding in found} == {path}
	}
}

test_authenticated_passes if {
	given := binding("x", "view", {"kind": "Group", "name": "system:authenticated"})
	count(anonymous_binding.fail) == 0 with input as given
}

test_public_information_is_not_applicable if {
	given := binding("x", "system:public-info-viewer", {"kind": "Group", "name": "system:unauthenticated"})
	count(anonymous_binding.fail) == 0 with input as given
	count(anonymous_binding.not_applicable) == 1 with input as given
}
