package kubeassay.rules.rbac.node_modification_test

import data.kubeassay.rules.rbac.node_modification

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

test_patch_fails if {
	given := role("ClusterRole", rule([""], ["nodes"], ["patch"]))
	found := node_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_status_fails if {
	given := role("ClusterRole", rule([""], ["nodes", "nodes/status"], ["update"]))
	found := node_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_reading_passes if {
	given := role("ClusterRole", rule([""], ["nodes"], ["get"]))
	count(node_modification.fail) == 0 with input as given
}

test_cluster_scoped_passes if {
	given := role("Role", rule([""], ["nodes"], ["patch"]))
	count(node_modification.fail) == 0 with input as given
}
