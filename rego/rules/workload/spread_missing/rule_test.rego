package kubeassay.rules.workload.spread_missing_test

import data.kubeassay.rules.workload.spread_missing

judged(spec, replicas) := [fails, exempt] if {
	workload := {"spec": spec, "facts": {"disruption": replicas}}
	fails := count(spread_missing.fail) with input as workload
	exempt := count(spread_missing.not_applicable) with input as workload
}

test_nothing_fails if {
	judged({}, {"replicas": 2}) == [1, 0]
	judged({"topologySpreadConstraints": [], "affinity": {"podAntiAffinity": {}}}, {"replicas": 3}) == [1, 0]
	judged({"affinity": {"nodeAffinity": {"a": []}}}, {"replicas": 3}) == [1, 0]
}

test_a_constraint_passes if {
	judged({"topologySpreadConstraints": [{"maxSkew": 1}]}, {"replicas": 2}) == [0, 0]
	judged({"affinity": {"podAntiAffinity": {"a": []}}}, {"replicas": 2}) == [0, 0]
}

test_one_or_an_open_number_is_not_applicable if {
	judged({}, {"replicas": 1}) == [0, 1]
	judged({}, {}) == [0, 1]
}
