package kubeassay.rules.workload.privileged_test

import data.kubeassay.rules.workload.privileged

container(privileged) := {
	"type": "container",
	"path": ["spec", "containers", 0],
	"securityContext": {"privileged": privileged},
}

test_privileged_container_fails if {
	found := privileged.fail with input as {"containers": [container(true)]}
	found == {{
		"message": "{container} runs privileged",
		"path": ["spec", "containers", 0, "securityContext", "privileged"],
	}}
}

test_unprivileged_container_passes if {
	count(privileged.fail) == 0 with input as {"containers": [container(false)]}
}

test_container_without_security_context_passes if {
	count(privileged.fail) == 0 with input as {"containers": [{"type": "container", "path": []}]}
}
