package kubeassay.rules.namespace.resource_quota_missing_test

import data.kubeassay.rules.namespace.resource_quota_missing

namespace(name, workloads, resource_quotas) := {
	"name": name,
	"facts": {"namespaces": {"holdings": {"workloads": workloads, "resource_quotas": resource_quotas}}},
}

test_missing_fails if {
	found := resource_quota_missing.fail with input as namespace("shop", true, false)
	{finding.path | some finding in found} == {["metadata", "name"]}
}

test_present_passes if {
	count(resource_quota_missing.fail) == 0 with input as namespace("shop", true, true)
	count(resource_quota_missing.not_applicable) == 0 with input as namespace("shop", true, true)
}

test_empty_and_system_namespaces_do_not_apply if {
	count(resource_quota_missing.not_applicable) == 1 with input as namespace("shop", false, false)
	count(resource_quota_missing.not_applicable) == 1 with input as namespace("kube-public", true, false)
}
