package kubeassay.rules.rbac.traffic_redirection_test

import data.kubeassay.rules.rbac.traffic_redirection

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

test_services_fails if {
	given := role("Role", rule([""], ["services"], ["patch"]))
	found := traffic_redirection.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_ingresses_fails if {
	given := role("ClusterRole", rule(["networking.k8s.io", "gateway.networking.k8s.io"], ["ingresses", "httproutes"], ["create"]))
	found := traffic_redirection.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_reading_passes if {
	given := role("Role", rule([""], ["services", "endpoints"], ["get"]))
	count(traffic_redirection.fail) == 0 with input as given
}

test_status_passes if {
	given := role("Role", rule([""], ["services/status"], ["patch"]))
	count(traffic_redirection.fail) == 0 with input as given
}
