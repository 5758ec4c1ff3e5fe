package kubeassay.rules.workload.dangling_stateful_set_service_test

import data.kubeassay.rules.workload.dangling_stateful_set_service

workload(exists) := {"facts": {"references": {"governing_service": {"name": "db", "exists": exists}}}}

test_missing_service_fails if {
	found := dangling_stateful_set_service.fail with input as workload(false)
	{finding.path | some finding in found} == {["spec", "serviceName"]}
}

test_service_at_hand_or_none_named_passes if {
	count(dangling_stateful_set_service.fail) == 0 with input as workload(true)
	count(dangling_stateful_set_service.fail) == 0 with input as {}
}
