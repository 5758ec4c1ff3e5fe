package kubeassay.rules.workload.share_process_namespace_test

import data.kubeassay.rules.workload.share_process_namespace

faults(shared, types) := found if {
	found := share_process_namespace.fail with input as {
		"spec": {"shareProcessNamespace": shared},
		"containers": [{"type": type} | some type in types],
	}
}

test_shared_namespace_fails if {
	count(faults(true, ["container", "container"])) == 1
	count(faults(true, ["container", "sidecar"])) == 1
	count(faults(true, ["container", "ephemeral"])) == 1
}

test_one_container_has_nobody_to_share_with if count(faults(true, ["init", "container"])) == 0

test_namespaces_of_their_own_pass if count(faults(false, ["container", "container"])) == 0
