package kubeassay.rules.rbac.wildcard_api_groups_test

import data.kubeassay.rules.rbac.wildcard_api_groups

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

test_wildcard_fails if {
	given := role("Role", rule(["*"], ["pods"], ["get"]))
	found := wildcard_api_groups.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "apiGroups", 0]}
}

test_wildcard_verbs_passes if {
	given := role("ClusterRole", rule(["*"], ["pods"], ["*"]))
	count(wildcard_api_groups.fail) == 0 with input as given
}

test_wildcard_resources_passes if {
	given := role("ClusterRole", rule(["*"], ["*"], ["get"]))
	count(wildcard_api_groups.fail) == 0 with input as given
}

test_named_groups_passes if {
	given := role("ClusterRole", rule([""], ["pods"], ["get"]))
	count(wildcard_api_groups.fail) == 0 with input as given
}
