package kubeassay.rules.workload.hpa_request_missing_test

import data.kubeassay.rules.workload.hpa_request_missing

workload(resources, needed) := {
	"containers": [{"type": "container", "path": ["spec", "containers", 0], "resources": resources}],
	"facts": {"autoscaling": {"requests_needed": needed}},
}

faults(pod) := found if {
	found := hpa_request_missing.fail with input as pod with data.scan as {"kubernetes": {"minor": 37}}
}

test_missing_request_fails if {
	faults(workload({"requests": {"memory": "1Gi"}}, ["cpu"])) == {{
		"message": "{container} requests no cpu, by which its autoscaler scales",
		"path": ["spec", "containers", 0, "resources", "requests", "cpu"],
	}}
}

test_request_or_limit_passes if {
	faults(workload({"requests": {"cpu": "1"}}, ["cpu"])) == set()
	faults(workload({"limits": {"cpu": "1"}}, ["cpu"])) == set()
}

test_request_of_the_pod_passes if {
	pod := object.union(workload({}, ["cpu"]), {"spec": {"resources": {"requests": {"cpu": "1"}}}})
	faults(pod) == set()
}

test_init_containers_do_not_count if {
	init := {"containers": [{"type": "init", "path": ["spec", "initContainers", 0]}]}
	faults(object.union(workload({}, ["cpu"]), init)) == set()
}

test_without_autoscaler_passes if faults(object.remove(workload({}, ["cpu"]), ["facts"])) == set()
