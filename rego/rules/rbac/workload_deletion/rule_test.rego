package kubeassay.rules.rbac.workload_deletion_test

import data.kubeassay.rules.rbac.workload_deletion

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

named(groups, resources, verbs, names) := object.union(rule(groups, resources, verbs), {"resourceNames": names})

test_deployments_fails if {
	given := role("Role", rule(["apps"], ["deployments"], ["delete"]))
	found := workload_deletion.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_pods_fails if {
	given := role("ClusterRole", rule([""], ["pods"], ["deletecollection"]))
	found := workload_deletion.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_secrets_passes if {
	given := role("Role", rule([""], ["secrets"], ["delete"]))
	count(workload_deletion.fail) == 0 with input as given
}

test_named_job_passes if {
	given := role("Role", named(["batch"], ["jobs"], ["delete"], ["nightly"]))
	count(workload_deletion.fail) == 0 with input as given
}
