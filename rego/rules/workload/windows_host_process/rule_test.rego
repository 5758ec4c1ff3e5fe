package kubeassay.rules.workload.windows_host_process_test

import data.kubeassay.rules.workload.windows_host_process

paths(pod, container) := found if {
	found := {finding.path | some finding in windows_host_process.fail} with input as {
		"spec": {"securityContext": {"windowsOptions": pod}},
		"containers": [{"path": ["spec", "containers", 0], "securityContext": {"windowsOptions": container}}],
	}
}

test_pod_and_container_are_faults_of_their_own if {
	paths({"hostProcess": true}, {"hostProcess": true}) == {
		["spec", "securityContext", "windowsOptions", "hostProcess"],
		["spec", "containers", 0, "securityContext", "windowsOptions", "hostProcess"],
	}
}

test_false_null_and_absent_pass if {
	paths({"hostProcess": false}, {"hostProcess": null}) == set()
	paths(null, {}) == set()
}
