package kubeassay.rules.workload.hpa_cannot_scale_test

import data.kubeassay.rules.workload.hpa_cannot_scale

test_no_room_fails if {
	found := hpa_cannot_scale.fail with input as {"spec": {"minReplicas": 3, "maxReplicas": 3}}
	{finding.path | some finding in found} == {["spec", "maxReplicas"]}
	count(hpa_cannot_scale.fail) == 1 with input as {"spec": {"maxReplicas": 1}}
}

test_room_passes if {
	count(hpa_cannot_scale.fail) == 0 with input as {"spec": {"minReplicas": 3, "maxReplicas": 4}}
	count(hpa_cannot_scale.fail) == 0 with input as {}
}
