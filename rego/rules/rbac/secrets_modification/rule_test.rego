package kubeassay.rules.rbac.secrets_modification_test

import data.kubeassay.rules.rbac.secrets_modification

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

named(groups, resources, verbs, names) := object.union(rule(groups, resources, verbs), {"resourceNames": names})

test_create_fails if {
	given := role("Role", rule([""], ["secrets"], ["get", "create"]))
	found := secrets_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_deletecollection_fails if {
	given := role("ClusterRole", rule([""], ["secrets"], ["deletecollection"]))
	found := secrets_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_get_passes if {
	given := role("ClusterRole", rule([""], ["secrets"], ["get"]))
	count(secrets_modification.fail) == 0 with input as given
}

test_named_secret_passes if {
	given := role("Role", named([""], ["secrets"], ["patch"], ["tls"]))
	count(secrets_modification.fail) == 0 with input as given
}
