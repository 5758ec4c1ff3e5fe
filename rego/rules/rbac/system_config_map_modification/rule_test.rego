package kubeassay.rules.rbac.system_config_map_modification_test

import data.kubeassay.rules.rbac.system_config_map_modification

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

named(groups, resources, verbs, names) := object.union(rule(groups, resources, verbs), {"resourceNames": names})

test_cluster_role_fails if {
	given := role("ClusterRole", rule([""], ["configmaps"], ["update"]))
	found := system_config_map_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_named_map_fails if {
	given := role("ClusterRole", named([""], ["configmaps"], ["patch"], ["mine", "coredns"]))
	found := system_config_map_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_other_named_map_passes if {
	given := role("ClusterRole", named([""], ["configmaps"], ["patch"], ["leader"]))
	count(system_config_map_modification.fail) == 0 with input as given
}

test_other_namespace_passes if {
	given := role("Role", rule([""], ["configmaps"], ["update"]))
	count(system_config_map_modification.fail) == 0 with input as given
}

test_reading_passes if {
	given := role("ClusterRole", rule([""], ["configmaps"], ["get"]))
	count(system_config_map_modification.fail) == 0 with input as given
}
