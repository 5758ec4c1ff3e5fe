package kubeassay.rules.rbac.wildcard_non_resource_urls_test

import data.kubeassay.rules.rbac.wildcard_non_resource_urls

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

test_wildcard_fails if {
	given := role("ClusterRole", {"nonResourceURLs": ["*"], "verbs": ["get"]})
	found := wildcard_non_resource_urls.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "nonResourceURLs", 0]}
}

test_listed_paths_passes if {
	given := role("ClusterRole", {"nonResourceURLs": ["/metrics", "/logs/*"], "verbs": ["get"]})
	count(wildcard_non_resource_urls.fail) == 0 with input as given
}

test_void_in_a_role_passes if {
	given := role("Role", {"nonResourceURLs": ["*"], "verbs": ["get"]})
	count(wildcard_non_resource_urls.fail) == 0 with input as given
}
