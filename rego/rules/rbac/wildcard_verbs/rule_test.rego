package kubeassay.rules.rbac.wildcard_verbs_test

import data.kubeassay.rules.rbac.wildcard_verbs

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

test_wildcard_fails if {
	given := role("Role", rule([""], ["pods"], ["get", "*"]))
	found := wildcard_verbs.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "verbs", 1]}
}

test_wildcard_resources_passes if {
	given := role("ClusterRole", rule(["*"], ["*"], ["*"]))
	count(wildcard_verbs.fail) == 0 with input as given
}

test_listed_verbs_passes if {
	given := role("ClusterRole", rule([""], ["pods"], ["get"]))
	count(wildcard_verbs.fail) == 0 with input as given
}

test_urls_passes if {
	given := role("ClusterRole", {"nonResourceURLs": ["/metrics"], "verbs": ["*"]})
	count(wildcard_verbs.fail) == 0 with input as given
}

test_long_lists_are_cut if {
	given := role("Role", rule([""], ["a", "b", "c", "d", "e"], ["*"]))
	found := wildcard_verbs.fail with input as given
	{finding.message | some finding in found} == {"Allows every verb on a, b, c and 2 more"}
}
