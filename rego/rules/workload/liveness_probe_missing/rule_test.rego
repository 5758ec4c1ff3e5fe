package kubeassay.rules.workload.liveness_probe_missing_test

import data.kubeassay.rules.workload.liveness_probe_missing

faults(type, fields) := found if {
	container := object.union({"type": type, "path": ["spec", "containers", 0]}, fields)
	found := liveness_probe_missing.fail with input as {"containers": [container]}
}

test_no_probe_fails if {
	{finding.path | some finding in faults("container", {})} == {["spec", "containers", 0, "livenessProbe"]}
	count(faults("container", {"livenessProbe": null})) == 1
}

test_a_probe_passes if count(faults("container", {"livenessProbe": {"tcpSocket": {"port": 80}}})) == 0

test_other_types_of_containers_pass if {
	every type in ["init", "sidecar", "ephemeral"] {
		count(faults(type, {})) == 0
	}
}

test_what_runs_to_an_end_is_not_applicable if {
	job := {"spec": {"restartPolicy": "Never"}, "containers": [{"type": "container", "path": []}]}
	count(liveness_probe_missing.fail) == 0 with input as job
	count(liveness_probe_missing.not_applicable) == 1 with input as job
}
