package kubeassay.rules.rbac.pod_attach_test

import data.kubeassay.rules.rbac.pod_attach

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

test_create_fails if {
	given := role("Role", rule([""], ["pods/attach"], ["create"]))
	found := pod_attach.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_get_before_1_35_fails if {
	given := role("ClusterRole", rule([""], ["pods/attach"], ["get"]))
	found := pod_attach.fail with input as given with data.scan.kubernetes.minor as 34
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_exec_passes if {
	given := role("Role", rule([""], ["pods/exec"], ["create"]))
	count(pod_attach.fail) == 0 with input as given
}
