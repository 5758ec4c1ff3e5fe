package kubeassay.rules.control_plane.dangling_admission_binding_test

import data.kubeassay.rules.control_plane.dangling_admission_binding

binding(bound) := {"facts": {"admission": {"bound": bound}}}

test_missing_policy_fails if {
	found := dangling_admission_binding.fail with input as binding(false)
	{finding.path | some finding in found} == {["spec", "policyName"]}
}

test_policy_at_hand_passes if {
	count(dangling_admission_binding.fail) == 0 with input as binding(true)
}
