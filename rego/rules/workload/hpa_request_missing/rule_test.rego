package kubeassay.rules.workload.hpa_request_missing_test

import data.kubeassay.rules.workload.hpa_request_missing

workload(resources, needed) := {
	"containers": [{"type": "container", "path": ["spec", "containers", 0], "resources": resources}],
	"facts": {"autoscaling": {"requests_needed": needed}},
}

test_missing_request_fails if {
	found := hpa_request_missing.fail with input as workload({"requests": {"memory": "1Gi"}}, ["cpu"])
	found == {{
		"message": "{container} requests no cpu, by which its autoscaler scales",
		"path": ["spec", "containers", 0, "resources", "requests", "cpu"],
	}}
}

test_request_or_limit_passes if {
	count(hpa_request_missing.fail) == 0 with input as workload({"requests": {"cpu": "1"}}, ["cpu"])
	count(hpa_request_missing.fail) == 0 with input as workload({"limits": {"cpu": "1"}}, ["cpu"])
}

test_request_of_the_pod_passes if {
	pod := object.union(workload({}, ["cpu"]), {"spec": {"resources": {"requests": {"cpu": "1"}}}})
	count(hpa_request_missing.fail) == 0 with input as pod
}

test_init_containers_do_not_count if {
	init := {"containers": [{"type": "init", "path": ["spec", "initContainers", 0]}]}
	count(hpa_request_missing.fail) == 0 with input as object.union(workload({}, ["cpu"]), init)
}

test_without_autoscaler_passes if {
	count(hpa_request_missing.fail) == 0 with input as object.remove(workload({}, ["cpu"]), ["facts"])
}
