package kubeassay.rules.rbac.secrets_access_test

import data.kubeassay.rules.rbac.secrets_access

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

named(groups, resources, verbs, names) := object.union(rule(groups, resources, verbs), {"resourceNames": names})

test_get_fails if {
	given := role("Role", rule([""], ["configmaps", "secrets"], ["get"]))
	found := secrets_access.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 1]}
}

test_list_fails if {
	given := role("ClusterRole", rule([""], ["secrets"], ["list"]))
	found := secrets_access.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_watch_fails if {
	given := role("ClusterRole", rule([""], ["secrets"], ["watch"]))
	found := secrets_access.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_wildcard_resources_fails if {
	given := role("ClusterRole", rule(["*"], ["*"], ["get"]))
	found := secrets_access.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_create_passes if {
	given := role("ClusterRole", rule([""], ["secrets"], ["create"]))
	count(secrets_access.fail) == 0 with input as given
}

test_named_secret_passes if {
	given := role("Role", named([""], ["secrets"], ["get"], ["tls"]))
	count(secrets_access.fail) == 0 with input as given
}

test_other_group_passes if {
	given := role("Role", rule(["apps"], ["secrets"], ["get"]))
	count(secrets_access.fail) == 0 with input as given
}

test_everything_passes if {
	given := role("ClusterRole", rule(["*"], ["*"], ["*"]))
	count(secrets_access.fail) == 0 with input as given
}
