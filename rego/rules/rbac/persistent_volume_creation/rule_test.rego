package kubeassay.rules.rbac.persistent_volume_creation_test

import data.kubeassay.rules.rbac.persistent_volume_creation

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

test_create_fails if {
	given := role("ClusterRole", rule([""], ["persistentvolumes"], ["create"]))
	found := persistent_volume_creation.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_claims_passes if {
	given := role("ClusterRole", rule([""], ["persistentvolumeclaims"], ["create"]))
	count(persistent_volume_creation.fail) == 0 with input as given
}

test_wrong_group_passes if {
	given := role("ClusterRole", rule(["rbac.authorization.k8s.io"], ["persistentvolumes"], ["create"]))
	count(persistent_volume_creation.fail) == 0 with input as given
}

test_cluster_scoped_passes if {
	given := role("Role", rule([""], ["persistentvolumes"], ["create"]))
	count(persistent_volume_creation.fail) == 0 with input as given
}
