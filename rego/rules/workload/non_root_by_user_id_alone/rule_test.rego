package kubeassay.rules.workload.non_root_by_user_id_alone_test

import data.kubeassay.rules.workload.non_root_by_user_id_alone

at(minor) := {"kubernetes": {"major": 1, "minor": minor}}

pod(host_users, context) := {
	"spec": {"hostUsers": host_users},
	"containers": [{"path": ["spec", "containers", 0], "securityContext": context}],
}

faults(subject, minor) := found if {
	found := count(non_root_by_user_id_alone.fail) with input as subject with data.scan as at(minor)
}

test_without_a_user_id if {
	faults(pod(true, {}), 37) == 0
	faults(pod(true, {"runAsNonRoot": false, "runAsUser": 0}), 37) == 0
}

test_with_a_user_id if {
	faults(pod(true, {"runAsUser": 7}), 37) == 1
	faults(pod(true, {"runAsNonRoot": false, "runAsUser": 7}), 37) == 1
}

test_run_as_non_root_passes if {
	faults(pod(true, {"runAsNonRoot": true}), 37) == 0
	faults(pod(true, {"runAsNonRoot": true, "runAsUser": 7}), 37) == 0
}

test_not_applicable_to_a_user_namespace_from_1_35 if {
	subject := pod(false, {"runAsUser": 7})
	faults(subject, 35) == 0
	faults(subject, 34) == 1
	count(non_root_by_user_id_alone.not_applicable) == 1 with input as subject with data.scan as at(35)
}
