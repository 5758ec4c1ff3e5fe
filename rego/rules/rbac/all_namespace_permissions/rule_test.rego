package kubeassay.rules.rbac.all_namespace_permissions_test

import data.kubeassay.rules.rbac.all_namespace_permissions

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

test_every_group_fails if {
	given := role("Role", rule(["*"], ["*"], ["*"]))
	found := all_namespace_permissions.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_core_group_fails if {
	given := role("Role", rule([""], ["*"], ["*"]))
	found := all_namespace_permissions.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_cluster_role_passes if {
	given := role("ClusterRole", rule(["*"], ["*"], ["*"]))
	count(all_namespace_permissions.fail) == 0 with input as given
}

test_other_group_passes if {
	given := role("Role", rule(["apps"], ["*"], ["*"]))
	count(all_namespace_permissions.fail) == 0 with input as given
}
