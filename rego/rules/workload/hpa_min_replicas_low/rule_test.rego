package kubeassay.rules.workload.hpa_min_replicas_low_test

import data.kubeassay.rules.workload.hpa_min_replicas_low

scan(minimum) := {"parameters": {"workload.hpa_min_replicas_low": {"minimum": minimum}}}

test_one_fails if {
	found := hpa_min_replicas_low.fail with input as {"spec": {"minReplicas": 1}} with data.scan as scan(2)
	{finding.path | some finding in found} == {["spec", "minReplicas"]}
}

test_default_is_one if {
	count(hpa_min_replicas_low.fail) == 1 with input as {} with data.scan as scan(2)
}

test_enough_passes if {
	count(hpa_min_replicas_low.fail) == 0 with input as {"spec": {"minReplicas": 2}} with data.scan as scan(2)
	count(hpa_min_replicas_low.fail) == 1 with input as {"spec": {"minReplicas": 2}} with data.scan as scan(3)
}
