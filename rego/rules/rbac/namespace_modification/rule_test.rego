package kubeassay.rules.rbac.namespace_modification_test

import data.kubeassay.rules.rbac.namespace_modification

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

named(groups, resources, verbs, names) := object.union(rule(groups, resources, verbs), {"resourceNames": names})

test_patch_fails if {
	given := role("ClusterRole", rule([""], ["namespaces"], ["patch"]))
	found := namespace_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_in_a_namespace_fails if {
	given := role("Role", rule([""], ["namespaces"], ["update"]))
	found := namespace_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_create_passes if {
	given := role("ClusterRole", rule([""], ["namespaces"], ["create"]))
	count(namespace_modification.fail) == 0 with input as given
}

test_named_namespace_passes if {
	given := role("ClusterRole", named([""], ["namespaces"], ["patch"], ["shop"]))
	count(namespace_modification.fail) == 0 with input as given
}
