package kubeassay.rules.workload.single_replica_test

import data.kubeassay.rules.workload.single_replica

judged(replicas, fewest) := [fails, exempt] if {
	workload := {"facts": {"disruption": replicas}}
	scan := {"parameters": {"workload.single_replica": {"fewest": fewest}}}
	fails := {finding.message | some finding in single_replica.fail} with input as workload with data.scan as scan
	exempt := count(single_replica.not_applicable) with input as workload with data.scan as scan
}

test_too_few_fail if {
	judged({"replicas": 1}, 2) == [{"Replicas that are meant to run: 1, fewer than 2"}, 0]
	count(judged({"replicas": 2}, 3)[0]) == 1
}

test_enough_pass if judged({"replicas": 2}, 2) == [set(), 0]

test_none_and_open_are_not_applicable if {
	judged({"replicas": 0}, 2) == [set(), 1]
	judged({}, 2) == [set(), 1]
}
