package kubeassay.rules.rbac.config_map_modification_test

import data.kubeassay.rules.rbac.config_map_modification

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

named(groups, resources, verbs, names) := object.union(rule(groups, resources, verbs), {"resourceNames": names})

test_update_fails if {
	given := role("Role", rule([""], ["configmaps"], ["update"]))
	found := config_map_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_named_map_passes if {
	given := role("Role", named([""], ["configmaps"], ["update"], ["leader"]))
	count(config_map_modification.fail) == 0 with input as given
}

test_create_passes if {
	given := role("Role", rule([""], ["configmaps"], ["create"]))
	count(config_map_modification.fail) == 0 with input as given
}

test_cluster_role_passes if {
	given := role("ClusterRole", rule([""], ["configmaps"], ["update"]))
	count(config_map_modification.fail) == 0 with input as given
}
