package kubeassay.rules.namespace.limit_range_missing_test

import data.kubeassay.rules.namespace.limit_range_missing

namespace(name, workloads, limit_ranges) := {
	"name": name,
	"facts": {"namespaces": {"holdings": {"workloads": workloads, "limit_ranges": limit_ranges}}},
}

test_missing_fails if {
	found := limit_range_missing.fail with input as namespace("shop", true, false)
	{finding.path | some finding in found} == {["metadata", "name"]}
}

test_present_passes if {
	count(limit_range_missing.fail) == 0 with input as namespace("shop", true, true)
	count(limit_range_missing.not_applicable) == 0 with input as namespace("shop", true, true)
}

test_empty_and_system_namespaces_do_not_apply if {
	count(limit_range_missing.not_applicable) == 1 with input as namespace("shop", false, false)
	count(limit_range_missing.not_applicable) == 1 with input as namespace("kube-system", true, false)
	count(limit_range_missing.fail) == 0 with input as namespace("kube-system", true, false)
}
