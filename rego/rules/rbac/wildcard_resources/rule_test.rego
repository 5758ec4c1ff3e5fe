package kubeassay.rules.rbac.wildcard_resources_test

import data.kubeassay.rules.rbac.wildcard_resources

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

named(groups, resources, verbs, names) := object.union(rule(groups, resources, verbs), {"resourceNames": names})

test_wildcard_fails if {
	given := role("Role", rule([""], ["*"], ["get"]))
	found := wildcard_resources.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_wildcard_subresource_fails if {
	given := role("ClusterRole", rule(["apps"], ["deployments", "*/scale"], ["update"]))
	found := wildcard_resources.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 1]}
}

test_named_objects_fails if {
	given := role("ClusterRole", named(["*"], ["*"], ["*"], ["one"]))
	found := wildcard_resources.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_everything_passes if {
	given := role("ClusterRole", rule(["*"], ["*"], ["*"]))
	count(wildcard_resources.fail) == 0 with input as given
}

test_listed_resources_passes if {
	given := role("ClusterRole", rule([""], ["pods", "pods/log"], ["*"]))
	count(wildcard_resources.fail) == 0 with input as given
}
