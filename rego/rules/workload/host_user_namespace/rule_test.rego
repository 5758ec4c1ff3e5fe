package kubeassay.rules.workload.host_user_namespace_test

import data.kubeassay.rules.workload.host_user_namespace

judged(pod, minor) := [fails, exempt] if {
	scan := {"kubernetes": {"minor": minor}}
	fails := count(host_user_namespace.fail) with input as pod with data.scan as scan
	exempt := count(host_user_namespace.not_applicable) with input as pod with data.scan as scan
}

test_unset_and_true_fail if {
	judged({}, 37) == [1, 0]
	judged({"spec": {"hostUsers": true}}, 33) == [1, 0]
}

test_false_passes if judged({"spec": {"hostUsers": false}}, 37) == [0, 0]

test_where_it_cannot_be_had_is_not_applicable if {
	judged({}, 32) == [0, 1]
	judged({"spec": {"hostPID": true}}, 37) == [0, 1]
	judged({"spec": {"os": {"name": "windows"}}}, 37) == [0, 1]
}
