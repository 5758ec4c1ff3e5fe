package kubeassay.rules.rbac.service_proxy_test

import data.kubeassay.rules.rbac.service_proxy

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

named(groups, resources, verbs, names) := object.union(rule(groups, resources, verbs), {"resourceNames": names})

test_services_fails if {
	given := role("Role", rule([""], ["services/proxy"], ["get"]))
	found := service_proxy.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_pods_fails if {
	given := role("ClusterRole", rule([""], ["services", "pods/proxy"], ["create"]))
	found := service_proxy.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 1]}
}

test_named_service_passes if {
	given := role("Role", named([""], ["services/proxy"], ["get"], ["dashboard"]))
	count(service_proxy.fail) == 0 with input as given
}

test_nodes_passes if {
	given := role("ClusterRole", rule([""], ["nodes/proxy"], ["get"]))
	count(service_proxy.fail) == 0 with input as given
}
