package kubeassay.rules.rbac.network_policy_modification_test

import data.kubeassay.rules.rbac.network_policy_modification

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

test_delete_fails if {
	given := role("Role", rule(["networking.k8s.io"], ["networkpolicies"], ["delete"]))
	found := network_policy_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_cilium_fails if {
	given := role("ClusterRole", rule(["cilium.io"], ["ciliumnetworkpolicies"], ["patch"]))
	found := network_policy_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_reading_passes if {
	given := role("Role", rule(["networking.k8s.io"], ["networkpolicies"], ["get"]))
	count(network_policy_modification.fail) == 0 with input as given
}
