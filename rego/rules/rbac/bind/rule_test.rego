package kubeassay.rules.rbac.bind_test

import data.kubeassay.rules.rbac.bind

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

named(groups, resources, verbs, names) := object.union(rule(groups, resources, verbs), {"resourceNames": names})

test_any_role_fails if {
	given := role("ClusterRole", rule(["rbac.authorization.k8s.io"], ["clusterroles"], ["get", "bind"]))
	found := bind.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "verbs", 1]}
}

test_cluster_roles_in_a_namespace_fails if {
	given := role("Role", rule(["rbac.authorization.k8s.io"], ["clusterroles"], ["bind"]))
	found := bind.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "verbs", 0]}
}

test_powerful_role_fails if {
	given := role("ClusterRole", named(["rbac.authorization.k8s.io"], ["clusterroles"], ["bind"], ["view", "cluster-admin"]))
	found := bind.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "verbs", 0]}
}

test_harmless_role_passes if {
	given := role("ClusterRole", named(["rbac.authorization.k8s.io"], ["clusterroles"], ["bind"], ["view"]))
	count(bind.fail) == 0 with input as given
}

test_create_bindings_passes if {
	given := role("ClusterRole", rule(["rbac.authorization.k8s.io"], ["rolebindings"], ["create"]))
	count(bind.fail) == 0 with input as given
}

test_wrong_group_passes if {
	given := role("ClusterRole", rule([""], ["roles"], ["bind"]))
	count(bind.fail) == 0 with input as given
}
