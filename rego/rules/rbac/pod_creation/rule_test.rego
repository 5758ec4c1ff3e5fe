package kubeassay.rules.rbac.pod_creation_test

import data.kubeassay.rules.rbac.pod_creation

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

test_create_fails if {
	given := role("Role", rule([""], ["pods"], ["create"]))
	found := pod_creation.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_wildcard_verb_fails if {
	given := role("ClusterRole", rule([""], ["pods", "services"], ["*"]))
	found := pod_creation.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_get_passes if {
	given := role("ClusterRole", rule([""], ["pods"], ["get"]))
	count(pod_creation.fail) == 0 with input as given
}

test_exec_passes if {
	given := role("ClusterRole", rule([""], ["pods/exec"], ["create"]))
	count(pod_creation.fail) == 0 with input as given
}

test_other_group_passes if {
	given := role("ClusterRole", rule(["metrics.k8s.io"], ["pods"], ["create"]))
	count(pod_creation.fail) == 0 with input as given
}
