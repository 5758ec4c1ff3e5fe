package kubeassay.rules.rbac.event_deletion_test

import data.kubeassay.rules.rbac.event_deletion

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

test_delete_fails if {
	given := role("Role", rule([""], ["pods", "events"], ["delete"]))
	found := event_deletion.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 1]}
}

test_new_group_fails if {
	given := role("ClusterRole", rule(["events.k8s.io"], ["events"], ["deletecollection"]))
	found := event_deletion.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_create_passes if {
	given := role("Role", rule([""], ["events"], ["create", "patch"]))
	count(event_deletion.fail) == 0 with input as given
}
