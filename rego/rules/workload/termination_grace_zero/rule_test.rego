package kubeassay.rules.workload.termination_grace_zero_test

import data.kubeassay.rules.workload.termination_grace_zero

faults(spec) := found if {
	found := termination_grace_zero.fail with input as {"spec": spec}
}

test_zero_fails if count(faults({"terminationGracePeriodSeconds": 0})) == 1

test_some_time_and_the_default_pass if {
	count(faults({"terminationGracePeriodSeconds": 5})) == 0
	count(faults({})) == 0
}
