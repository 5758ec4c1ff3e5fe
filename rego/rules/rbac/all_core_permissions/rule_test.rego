package kubeassay.rules.rbac.all_core_permissions_test

import data.kubeassay.rules.rbac.all_core_permissions

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

test_core_group_fails if {
	given := role("ClusterRole", rule(["", "apps"], ["*"], ["*"]))
	found := all_core_permissions.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_every_group_passes if {
	given := role("ClusterRole", rule(["", "*"], ["*"], ["*"]))
	count(all_core_permissions.fail) == 0 with input as given
}

test_other_group_passes if {
	given := role("ClusterRole", rule(["apps"], ["*"], ["*"]))
	count(all_core_permissions.fail) == 0 with input as given
}

test_namespace_passes if {
	given := role("Role", rule([""], ["*"], ["*"]))
	count(all_core_permissions.fail) == 0 with input as given
}
