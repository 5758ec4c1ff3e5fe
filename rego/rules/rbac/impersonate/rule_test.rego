package kubeassay.rules.rbac.impersonate_test

import data.kubeassay.rules.rbac.impersonate

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

named(groups, resources, verbs, names) := object.union(rule(groups, resources, verbs), {"resourceNames": names})

test_users_fails if {
	given := role("ClusterRole", rule([""], ["users"], ["impersonate"]))
	found := impersonate.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "verbs", 0]}
}

test_service_accounts_fails if {
	given := role("Role", rule([""], ["pods", "serviceaccounts"], ["get", "impersonate"]))
	found := impersonate.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "verbs", 1]}
}

test_wildcard_verb_fails if {
	given := role("ClusterRole", rule(["*"], ["groups"], ["*"]))
	found := impersonate.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "verbs", 0]}
}

test_masters_fails if {
	given := role("ClusterRole", named([""], ["groups"], ["impersonate"], ["system:masters"]))
	found := impersonate.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "verbs", 0]}
}

test_named_user_passes if {
	given := role("ClusterRole", named([""], ["users"], ["impersonate"], ["jane"]))
	count(impersonate.fail) == 0 with input as given
}

test_users_in_a_namespace_passes if {
	given := role("Role", rule([""], ["users"], ["impersonate"]))
	count(impersonate.fail) == 0 with input as given
}

test_pods_passes if {
	given := role("ClusterRole", rule([""], ["pods"], ["impersonate"]))
	count(impersonate.fail) == 0 with input as given
}
