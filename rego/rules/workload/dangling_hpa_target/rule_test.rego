package kubeassay.rules.workload.dangling_hpa_target_test

import data.kubeassay.rules.workload.dangling_hpa_target

test_missing_target_fails if {
	path := ["spec", "scaleTargetRef", "name"]
	missing := {"kind": "Deployment", "name": "api", "path": path}
	found := dangling_hpa_target.fail with input as {"facts": {"autoscaling": {"missing_target": missing}}}
	found == {{"message": "There is no Deployment api in the namespace", "path": path}}
}

test_target_at_hand_passes if {
	count(dangling_hpa_target.fail) == 0 with input as {}
}
