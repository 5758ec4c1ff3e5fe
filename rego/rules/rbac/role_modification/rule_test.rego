package kubeassay.rules.rbac.role_modification_test

import data.kubeassay.rules.rbac.role_modification

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

test_roles_fails if {
	given := role("Role", rule(["rbac.authorization.k8s.io"], ["roles"], ["create"]))
	found := role_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_cluster_roles_fails if {
	given := role("ClusterRole", rule(["rbac.authorization.k8s.io"], ["rolebindings", "clusterroles"], ["patch"]))
	found := role_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 1]}
}

test_reading_passes if {
	given := role("ClusterRole", rule(["rbac.authorization.k8s.io"], ["roles"], ["get"]))
	count(role_modification.fail) == 0 with input as given
}

test_cluster_roles_in_a_namespace_passes if {
	given := role("Role", rule(["rbac.authorization.k8s.io"], ["clusterroles"], ["create"]))
	count(role_modification.fail) == 0 with input as given
}

test_bindings_passes if {
	given := role("ClusterRole", rule(["rbac.authorization.k8s.io"], ["rolebindings"], ["create"]))
	count(role_modification.fail) == 0 with input as given
}
