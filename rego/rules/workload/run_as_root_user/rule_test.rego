package kubeassay.rules.workload.run_as_root_user_test

import data.kubeassay.rules.workload.run_as_root_user

at(minor) := {"kubernetes": {"major": 1, "minor": minor}}

pod(host_users, pod_user, container_user) := {
	"spec": {"hostUsers": host_users, "securityContext": {"runAsUser": pod_user}},
	"containers": [{"path": ["spec", "containers", 0], "securityContext": {"runAsUser": container_user}}],
}

faults(subject, minor) := found if {
	found := {finding.path | some finding in run_as_root_user.fail} with input as subject
		with data.scan as at(minor)
}

test_pod_and_container_are_faults_of_their_own if {
	faults(pod(true, 0, 0), 37) == {
		["spec", "securityContext", "runAsUser"],
		["spec", "containers", 0, "securityContext", "runAsUser"],
	}
	faults(pod(true, 0, 7), 37) == {["spec", "securityContext", "runAsUser"]}
}

test_other_users_pass if {
	faults(pod(true, 7, null), 37) == set()
}

test_not_applicable_to_a_user_namespace_from_1_35 if {
	faults(pod(false, 0, 7), 35) == set()
	count(faults(pod(false, 0, 7), 34)) == 1
	count(run_as_root_user.not_applicable) == 1 with input as pod(false, 0, 7) with data.scan as at(35)
}
