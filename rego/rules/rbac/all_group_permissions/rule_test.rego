package kubeassay.rules.rbac.all_group_permissions_test

import data.kubeassay.rules.rbac.all_group_permissions

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

test_one_group_fails if {
	given := role("Role", rule(["apps"], ["*"], ["*"]))
	found := all_group_permissions.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_several_groups_fails if {
	given := role("ClusterRole", rule(["apps", "batch"], ["*"], ["*"]))
	found := all_group_permissions.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_core_group_passes if {
	given := role("ClusterRole", rule(["", "apps"], ["*"], ["*"]))
	count(all_group_permissions.fail) == 0 with input as given
}

test_every_group_passes if {
	given := role("ClusterRole", rule(["*"], ["*"], ["*"]))
	count(all_group_permissions.fail) == 0 with input as given
}

test_some_verbs_passes if {
	given := role("ClusterRole", rule(["apps"], ["*"], ["get"]))
	count(all_group_permissions.fail) == 0 with input as given
}
