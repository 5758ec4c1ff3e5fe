package kubeassay.rules.rbac.admission_policy_modification_test

import data.kubeassay.rules.rbac.admission_policy_modification

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

test_policies_fails if {
	given := role("ClusterRole", rule(["admissionregistration.k8s.io"], ["validatingadmissionpolicies"], ["delete"]))
	found := admission_policy_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_bindings_fails if {
	given := role("ClusterRole", rule(["admissionregistration.k8s.io"], ["mutatingadmissionpolicybindings"], ["patch"]))
	found := admission_policy_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_webhooks_passes if {
	given := role("ClusterRole", rule(["admissionregistration.k8s.io"], ["validatingwebhookconfigurations"], ["delete"]))
	count(admission_policy_modification.fail) == 0 with input as given
}

test_reading_passes if {
	given := role("ClusterRole", rule(["admissionregistration.k8s.io"], ["validatingadmissionpolicies"], ["get"]))
	count(admission_policy_modification.fail) == 0 with input as given
}
