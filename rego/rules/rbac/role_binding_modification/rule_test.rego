package kubeassay.rules.rbac.role_binding_modification_test

import data.kubeassay.rules.rbac.role_binding_modification

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

test_role_bindings_fails if {
	given := role("Role", rule(["rbac.authorization.k8s.io"], ["rolebindings"], ["create"]))
	found := role_binding_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_cluster_role_bindings_fails if {
	given := role("ClusterRole", rule(["rbac.authorization.k8s.io"], ["clusterrolebindings"], ["update"]))
	found := role_binding_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_reading_passes if {
	given := role("ClusterRole", rule(["rbac.authorization.k8s.io"], ["rolebindings"], ["get"]))
	count(role_binding_modification.fail) == 0 with input as given
}

test_cluster_role_bindings_in_a_namespace_passes if {
	given := role("Role", rule(["rbac.authorization.k8s.io"], ["clusterrolebindings"], ["create"]))
	count(role_binding_modification.fail) == 0 with input as given
}
