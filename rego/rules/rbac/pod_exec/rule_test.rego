package kubeassay.rules.rbac.pod_exec_test

import data.kubeassay.rules.rbac.pod_exec

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

test_create_fails if {
	given := role("Role", rule([""], ["pods", "pods/exec"], ["create"]))
	found := pod_exec.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 1]}
}

test_get_before_1_35_fails if {
	given := role("ClusterRole", rule([""], ["pods/exec"], ["get"]))
	found := pod_exec.fail with input as given with data.scan.kubernetes.minor as 34
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_wildcard_subresource_fails if {
	given := role("ClusterRole", rule([""], ["*/exec"], ["create"]))
	found := pod_exec.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_pods_passes if {
	given := role("Role", rule([""], ["pods"], ["get", "create"]))
	count(pod_exec.fail) == 0 with input as given
}

test_pods_wildcard_is_void_passes if {
	given := role("Role", rule([""], ["pods/*"], ["create"]))
	count(pod_exec.fail) == 0 with input as given
}

test_get_since_1_35_passes if {
	given := role("Role", rule([""], ["pods/exec"], ["get"]))
	count(pod_exec.fail) == 0 with input as given with data.scan.kubernetes.minor as 35
}

test_other_verb_passes if {
	given := role("Role", rule([""], ["pods/exec"], ["delete"]))
	count(pod_exec.fail) == 0 with input as given
}
