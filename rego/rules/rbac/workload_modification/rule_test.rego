package kubeassay.rules.rbac.workload_modification_test

import data.kubeassay.rules.rbac.workload_modification

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

test_deployments_fails if {
	given := role("Role", rule(["apps"], ["daemonsets", "deployments"], ["create"]))
	found := workload_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_jobs_fails if {
	given := role("ClusterRole", rule(["batch"], ["jobs"], ["create"]))
	found := workload_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_replication_controllers_fails if {
	given := role("ClusterRole", rule([""], ["replicationcontrollers"], ["update"]))
	found := workload_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_changing_pods_fails if {
	given := role("Role", rule([""], ["pods"], ["patch"]))
	found := workload_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_creating_pods_passes if {
	given := role("Role", rule([""], ["pods"], ["create"]))
	count(workload_modification.fail) == 0 with input as given
}

test_reading_passes if {
	given := role("ClusterRole", rule(["apps"], ["deployments"], ["get"]))
	count(workload_modification.fail) == 0 with input as given
}

test_scaling_passes if {
	given := role("ClusterRole", rule(["apps"], ["deployments/scale"], ["patch"]))
	count(workload_modification.fail) == 0 with input as given
}

test_wrong_group_passes if {
	given := role("ClusterRole", rule([""], ["deployments"], ["create"]))
	count(workload_modification.fail) == 0 with input as given
}
