package kubeassay.rules.rbac.ephemeral_containers_test

import data.kubeassay.rules.rbac.ephemeral_containers

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

test_patch_fails if {
	given := role("Role", rule([""], ["pods/ephemeralcontainers"], ["patch"]))
	found := ephemeral_containers.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_update_fails if {
	given := role("ClusterRole", rule([""], ["pods/ephemeralcontainers"], ["get", "update"]))
	found := ephemeral_containers.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_get_passes if {
	given := role("Role", rule([""], ["pods/ephemeralcontainers"], ["get"]))
	count(ephemeral_containers.fail) == 0 with input as given
}
