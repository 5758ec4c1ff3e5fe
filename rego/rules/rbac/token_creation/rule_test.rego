package kubeassay.rules.rbac.token_creation_test

import data.kubeassay.rules.rbac.token_creation

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

named(groups, resources, verbs, names) := object.union(rule(groups, resources, verbs), {"resourceNames": names})

test_create_fails if {
	given := role("Role", rule([""], ["serviceaccounts/token"], ["create"]))
	found := token_creation.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_wildcard_verb_fails if {
	given := role("ClusterRole", rule([""], ["serviceaccounts/token"], ["*"]))
	found := token_creation.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_named_account_passes if {
	given := role("Role", named([""], ["serviceaccounts/token"], ["create"], ["vault"]))
	count(token_creation.fail) == 0 with input as given
}

test_accounts_passes if {
	given := role("Role", rule([""], ["serviceaccounts"], ["create"]))
	count(token_creation.fail) == 0 with input as given
}
