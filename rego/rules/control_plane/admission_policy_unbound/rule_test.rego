package kubeassay.rules.control_plane.admission_policy_unbound_test

import data.kubeassay.rules.control_plane.admission_policy_unbound

policy(bindings) := {"facts": {"admission": {"bindings": bindings}}}

test_unbound_fails if {
	found := admission_policy_unbound.fail with input as policy(0)
	{finding.path | some finding in found} == {["metadata", "name"]}
}

test_bound_passes if {
	count(admission_policy_unbound.fail) == 0 with input as policy(1)
}
