package kubeassay.rules.workload.seccomp_unset_test

import data.kubeassay.rules.workload.seccomp_unset

at(minor) := {"kubernetes": {"major": 1, "minor": minor}}

pod(context, containers) := {
	"spec": {"securityContext": context},
	"containers": [{"path": ["spec", "containers", i], "securityContext": c} | some i, c in containers],
}

failing(subject) := found if {
	found := {finding.path[2] | some finding in seccomp_unset.fail} with input as subject with data.scan as at(37)
}

test_each_container_without_a_profile_fails if {
	failing({"containers": [{"path": ["spec", "containers", 0]}]}) == {0}
	failing(pod({}, [{}, {"seccompProfile": {"type": "RuntimeDefault"}}, {"seccompProfile": null}])) == {0, 2}
	failing(pod({"seccompProfile": null}, [{}])) == {0}
}

test_profile_of_the_pod_covers_its_containers if {
	failing(pod({"seccompProfile": {"type": "RuntimeDefault"}}, [{}, {}])) == set()
}

test_switched_off_is_another_fault if {
	failing(pod({"seccompProfile": {"type": "Unconfined"}}, [{}])) == set()
	failing(pod({}, [{"seccompProfile": {"type": "Unconfined"}}])) == set()
}

test_not_applicable_to_windows_from_1_25 if {
	windows := {"spec": {"os": {"name": "windows"}}, "containers": [{"path": ["spec", "containers", 0]}]}
	failing(windows) == set()
	count(seccomp_unset.not_applicable) == 1 with input as windows with data.scan as at(25)
	count(seccomp_unset.fail) == 1 with input as windows with data.scan as at(24)
}

test_not_applicable_before_1_19 if {
	count(seccomp_unset.fail) == 0 with input as pod({}, [{}]) with data.scan as at(18)
	count(seccomp_unset.not_applicable) == 1 with input as pod({}, [{}]) with data.scan as at(18)
	count(seccomp_unset.fail) == 1 with input as pod({}, [{}]) with data.scan as at(19)
}
