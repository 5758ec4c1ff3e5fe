package kubeassay.rules.workload.single_replica_test

import data.kubeassay.rules.workload.single_replica

judged(spec, facts, snapshot) := [fails, exempt] if {
	workload := {"workload": {"spec": spec}, "facts": {"autoscaling": facts}}
	scan := {"snapshot": snapshot, "parameters": {"workload.single_replica": {"fewest": 2}}}
	fails := {finding.message | some finding in single_replica.fail} with input as workload with data.scan as scan
	exempt := count(single_replica.not_applicable) with input as workload with data.scan as scan
}

too_few := {"The number of replicas is 1, less than 2"}

test_too_few_fail if judged({"replicas": 1}, {}, false) == [too_few, 0]

test_one_is_the_default_where_no_autoscaler_can_hide if {
	judged({}, {}, true) == [too_few, 0]
	judged({}, {}, false) == [set(), 1]
}

test_enough_pass if judged({"replicas": 2}, {}, false) == [set(), 0]

test_none_is_not_applicable if judged({"replicas": 0}, {}, false) == [set(), 1]

test_an_autoscaler_decides if judged({"replicas": 1}, {"is_scaled": true}, false) == [set(), 1]
