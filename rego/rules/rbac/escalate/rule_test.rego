package kubeassay.rules.rbac.escalate_test

import data.kubeassay.rules.rbac.escalate

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

test_cluster_roles_fails if {
	given := role("ClusterRole", rule(["rbac.authorization.k8s.io"], ["clusterroles"], ["get", "escalate"]))
	found := escalate.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "verbs", 1]}
}

test_roles_fails if {
	given := role("Role", rule(["rbac.authorization.k8s.io"], ["roles"], ["escalate"]))
	found := escalate.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "verbs", 0]}
}

test_wildcard_verb_fails if {
	given := role("ClusterRole", rule(["rbac.authorization.k8s.io"], ["roles"], ["*"]))
	found := escalate.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "verbs", 0]}
}

test_update_passes if {
	given := role("ClusterRole", rule(["rbac.authorization.k8s.io"], ["roles"], ["update"]))
	count(escalate.fail) == 0 with input as given
}

test_cluster_roles_in_a_namespace_passes if {
	given := role("Role", rule(["rbac.authorization.k8s.io"], ["clusterroles"], ["escalate"]))
	count(escalate.fail) == 0 with input as given
}

test_wrong_group_passes if {
	given := role("ClusterRole", rule([""], ["roles"], ["escalate"]))
	count(escalate.fail) == 0 with input as given
}
