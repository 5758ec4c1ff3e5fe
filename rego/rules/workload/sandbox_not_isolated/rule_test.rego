package kubeassay.rules.workload.sandbox_not_isolated_test

import data.kubeassay.rules.workload.sandbox_not_isolated

messages(spec) := found if {
	parameters := {"workload.sandbox_not_isolated": {"isolating": ["gvisor"]}}
	faults := sandbox_not_isolated.fail with input as {"spec": spec} with data.scan as {"parameters": parameters}
	found := {finding.message | some finding in faults}
}

test_default_runtime_fails if messages({}) == {"The sandbox has no runtime class"}

test_unknown_class_fails if count(messages({"runtimeClassName": "nvidia"})) == 1

test_isolating_class_passes if messages({"runtimeClassName": "gvisor"}) == set()
