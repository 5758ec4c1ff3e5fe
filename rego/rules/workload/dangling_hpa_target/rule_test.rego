package kubeassay.rules.workload.dangling_hpa_target_test

import data.kubeassay.rules.workload.dangling_hpa_target

autoscaler(exists) := {"facts": {"autoscaling": {"target": {
	"kind": "Deployment",
	"name": "api",
	"path": ["spec", "scaleTargetRef", "name"],
	"exists": exists,
}}}}

test_missing_target_fails if {
	found := dangling_hpa_target.fail with input as autoscaler(false)
	found == {{
		"message": "There is no Deployment api in the namespace",
		"path": ["spec", "scaleTargetRef", "name"],
	}}
}

test_target_at_hand_passes if {
	count(dangling_hpa_target.fail) == 0 with input as autoscaler(true)
}
