package kubeassay.rules.workload.security_context_missing_test

import data.kubeassay.rules.workload.security_context_missing

faults(spec, fields) := found if {
	container := object.union({"path": ["spec", "containers", 0]}, fields)
	found := security_context_missing.fail with input as {"spec": spec, "containers": [container]}
}

test_none_and_empty_ones_fail if {
	{finding.path | some finding in faults({}, {})} == {["spec", "containers", 0, "securityContext"]}
	count(faults({"securityContext": {}}, {"securityContext": null})) == 1
}

test_without_any_pod_field_fails if {
	count(security_context_missing.fail) == 1 with input as {"containers": [{"path": []}]}
}

test_one_of_both_passes if {
	count(faults({"securityContext": {"runAsNonRoot": true}}, {})) == 0
	count(faults({}, {"securityContext": {"runAsNonRoot": true}})) == 0
}
