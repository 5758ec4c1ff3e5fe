package kubeassay.rules.rbac.all_permissions_test

import data.kubeassay.rules.rbac.all_permissions

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

named(groups, resources, verbs, names) := object.union(rule(groups, resources, verbs), {"resourceNames": names})

test_everything_fails if {
	given := role("ClusterRole", rule(["*"], ["secrets", "*"], ["get", "*"]))
	found := all_permissions.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 1]}
}

test_everything_in_a_namespace_passes if {
	given := role("Role", rule(["*"], ["*"], ["*"]))
	count(all_permissions.fail) == 0 with input as given
}

test_one_group_passes if {
	given := role("ClusterRole", rule(["apps"], ["*"], ["*"]))
	count(all_permissions.fail) == 0 with input as given
}

test_some_verbs_passes if {
	given := role("ClusterRole", rule(["*"], ["*"], ["get", "list"]))
	count(all_permissions.fail) == 0 with input as given
}

test_named_objects_passes if {
	given := role("ClusterRole", named(["*"], ["*"], ["*"], ["one"]))
	count(all_permissions.fail) == 0 with input as given
}
