package kubeassay.rules.rbac.system_masters_group_test

import data.kubeassay.rules.rbac.system_masters_group

binding(name, role, subject) := {
	"metadata": {"name": name},
	"roleRef": {"kind": "ClusterRole", "name": role},
	"facts": {"rbac": {"subjects": [object.union(subject, {"path": ["subjects", 0, "name"]})]}},
}

path := ["subjects", 0, "name"]

test_group_fails if {
	given := binding("platform", "view", {"kind": "Group", "name": "system:masters"})
	found := system_masters_group.fail with input as given
	{finding.path | some finding in found} == {path}
}

test_user_of_that_name_passes if {
	given := binding("platform", "view", {"kind": "User", "name": "system:masters"})
	count(system_masters_group.fail) == 0 with input as given
}

test_default_binding_is_not_applicable if {
	given := binding("cluster-admin", "cluster-admin", {"kind": "Group", "name": "system:masters"})
	count(system_masters_group.fail) == 0 with input as given
	count(system_masters_group.not_applicable) == 1 with input as given
}
