package kubeassay.rules.rbac.api_service_modification_test

import data.kubeassay.rules.rbac.api_service_modification

role(kind, policy_rule) := {"kind": kind, "metadata": {"name": "support"}, "rules": [policy_rule]}

rule(groups, resources, verbs) := {"apiGroups": groups, "resources": resources, "verbs": verbs}

named(groups, resources, verbs, names) := object.union(rule(groups, resources, verbs), {"resourceNames": names})

test_create_fails if {
	given := role("ClusterRole", rule(["apiregistration.k8s.io"], ["apiservices"], ["create"]))
	found := api_service_modification.fail with input as given
	{finding.path | some finding in found} == {["rules", 0, "resources", 0]}
}

test_named_service_passes if {
	given := role("ClusterRole", named(["apiregistration.k8s.io"], ["apiservices"], ["update"], ["mine"]))
	count(api_service_modification.fail) == 0 with input as given
}

test_reading_passes if {
	given := role("ClusterRole", rule(["apiregistration.k8s.io"], ["apiservices"], ["get"]))
	count(api_service_modification.fail) == 0 with input as given
}

test_cluster_scoped_passes if {
	given := role("Role", rule(["apiregistration.k8s.io"], ["apiservices"], ["create"]))
	count(api_service_modification.fail) == 0 with input as given
}
