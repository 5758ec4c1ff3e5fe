package kubeassay.lib.pod_test

import data.kubeassay.lib.pod

at(minor) := {"kubernetes": {"major": 1, "minor": minor}}

test_security_contexts_of_pod_and_containers if {
	found := pod.security_contexts with input as {
		"spec": {"securityContext": {"runAsUser": 1}},
		"containers": [
			{"path": ["spec", "initContainers", 0], "securityContext": {"runAsUser": 2}},
			{"path": ["spec", "containers", 0]},
		],
	}
	found == {
		{"of": "the pod", "path": ["spec", "securityContext"], "fields": {"runAsUser": 1}},
		{
			"of": "{container}",
			"path": ["spec", "initContainers", 0, "securityContext"],
			"fields": {"runAsUser": 2},
		},
	}
}

test_windows_from_1_25 if {
	windows := {"spec": {"os": {"name": "windows"}}}
	pod.windows with input as windows with data.scan as at(25)
	not pod.windows with input as windows with data.scan as at(24)
	not pod.windows with input as {"spec": {"os": {"name": "linux"}}} with data.scan as at(25)
	not pod.windows with input as {} with data.scan as at(25)
}

test_user_namespace_from_1_35 if {
	own := {"spec": {"hostUsers": false}}
	pod.user_namespace with input as own with data.scan as at(35)
	not pod.user_namespace with input as own with data.scan as at(34)
	not pod.user_namespace with input as {"spec": {"hostUsers": true}} with data.scan as at(35)
	not pod.user_namespace with input as {} with data.scan as at(35)
}
