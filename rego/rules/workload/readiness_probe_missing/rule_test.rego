package kubeassay.rules.workload.readiness_probe_missing_test

import data.kubeassay.rules.workload.readiness_probe_missing

faults(type, fields) := found if {
	container := object.union({"type": type, "path": ["spec", "containers", 0]}, fields)
	found := readiness_probe_missing.fail with input as {"containers": [container]}
}

test_no_probe_fails if {
	{finding.path | some finding in faults("container", {})} == {["spec", "containers", 0, "readinessProbe"]}
	count(faults("container", {"readinessProbe": null})) == 1
}

test_a_probe_passes if count(faults("container", {"readinessProbe": {"tcpSocket": {"port": 80}}})) == 0

test_other_types_of_containers_pass if {
	every type in ["init", "sidecar", "ephemeral"] {
		count(faults(type, {})) == 0
	}
}

test_what_runs_to_an_end_is_not_applicable if {
	job := {"spec": {"restartPolicy": "Never"}, "containers": [{"type": "container", "path": []}]}
	count(readiness_probe_missing.fail) == 0 with input as job
	count(readiness_probe_missing.not_applicable) == 1 with input as job
}
