package kubeassay.rules.workload.seccomp_unconfined_test

import data.kubeassay.rules.workload.seccomp_unconfined

faults(context, minor) := found if {
	found := {finding.path | some finding in seccomp_unconfined.fail} with input as {
		"spec": {"securityContext": context},
		"containers": [{"path": ["spec", "containers", 0], "securityContext": context}],
	}
		with data.scan as {"kubernetes": {"major": 1, "minor": minor}}
}

test_other_profiles_of_pod_and_container_fail if {
	every profile in [{"type": "Unconfined"}, {"type": ""}, {"type": null}, {}] {
		faults({"seccompProfile": profile}, 19) == {
			["spec", "securityContext", "seccompProfile", "type"],
			["spec", "containers", 0, "securityContext", "seccompProfile", "type"],
		}
	}
}

test_filtering_or_no_profiles_pass if {
	every profile in [{"type": "RuntimeDefault"}, {"type": "Localhost"}, null] {
		faults({"seccompProfile": profile}, 19) == set()
	}
}

test_not_applicable_before_1_19 if {
	faults({"seccompProfile": {"type": "Unconfined"}}, 18) == set()
	count(seccomp_unconfined.not_applicable) == 1 with data.scan as {"kubernetes": {"major": 1, "minor": 18}}
	count(seccomp_unconfined.not_applicable) == 0 with data.scan as {"kubernetes": {"major": 1, "minor": 19}}
}
