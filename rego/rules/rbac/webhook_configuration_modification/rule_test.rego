package kubeassay.rules.rbac.webhook_configuration_modification_test

import data.kubeassay.rules.rbac.webhook_configuration_modification

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

named(groups, resources, verbs, names) := object.union(rule(groups, resources, verbs), {"resourceNames": names})

test_mutating_fails if {
	given := role("ClusterRole", rule(["admissionregistration.k8s.io"], ["mutatingwebhookconfigurations"], ["create"]))
	found := webhook_configuration_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_deleting_fails if {
	given := role("ClusterRole", rule(["admissionregistration.k8s.io"], ["validatingwebhookconfigurations"], ["delete"]))
	found := webhook_configuration_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_named_configuration_passes if {
	given := role("ClusterRole", named(["admissionregistration.k8s.io"], ["mutatingwebhookconfigurations"], ["patch"], ["mine"]))
	count(webhook_configuration_modification.fail) == 0 with input as given
}

test_reading_passes if {
	given := role("ClusterRole", rule(["admissionregistration.k8s.io"], ["validatingwebhookconfigurations"], ["get", "list"]))
	count(webhook_configuration_modification.fail) == 0 with input as given
}

test_cluster_scoped_passes if {
	given := role("Role", rule(["admissionregistration.k8s.io"], ["validatingwebhookconfigurations"], ["create"]))
	count(webhook_configuration_modification.fail) == 0 with input as given
}
