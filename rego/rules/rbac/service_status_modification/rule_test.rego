package kubeassay.rules.rbac.service_status_modification_test

import data.kubeassay.rules.rbac.service_status_modification

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

test_patch_fails if {
	given := role("Role", rule([""], ["services", "services/status"], ["patch"]))
	found := service_status_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 1]}
}

test_services_passes if {
	given := role("Role", rule([""], ["services"], ["patch"]))
	count(service_status_modification.fail) == 0 with input as given
}

test_reading_passes if {
	given := role("ClusterRole", rule([""], ["services/status"], ["get"]))
	count(service_status_modification.fail) == 0 with input as given
}
