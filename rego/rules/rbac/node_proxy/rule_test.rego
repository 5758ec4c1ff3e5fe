package kubeassay.rules.rbac.node_proxy_test

import data.kubeassay.rules.rbac.node_proxy

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

named(groups, resources, verbs, names) := object.union(rule(groups, resources, verbs), {"resourceNames": names})

test_get_fails if {
	given := role("ClusterRole", rule([""], ["nodes", "nodes/proxy"], ["get"]))
	found := node_proxy.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 1]}
}

test_create_fails if {
	given := role("ClusterRole", rule([""], ["nodes/proxy"], ["create"]))
	found := node_proxy.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_one_node_fails if {
	given := role("ClusterRole", named([""], ["nodes/proxy"], ["get"], ["node-1"]))
	found := node_proxy.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_wildcard_subresource_fails if {
	given := role("ClusterRole", rule([""], ["*/proxy"], ["get"]))
	found := node_proxy.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_metrics_passes if {
	given := role("ClusterRole", rule([""], ["nodes/metrics"], ["get"]))
	count(node_proxy.fail) == 0 with input as given
}

test_cluster_scoped_passes if {
	given := role("Role", rule([""], ["nodes/proxy"], ["get"]))
	count(node_proxy.fail) == 0 with input as given
}
