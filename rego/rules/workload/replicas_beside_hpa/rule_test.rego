package kubeassay.rules.workload.replicas_beside_hpa_test

import data.kubeassay.rules.workload.replicas_beside_hpa

scaled := {
	"workload": {"spec": {"replicas": 3}},
	"facts": {"autoscaling": {"is_scaled": true}},
}

test_replicas_beside_an_autoscaler_fail if {
	found := replicas_beside_hpa.fail with input as scaled with data.scan.snapshot as false
	found == {{
		"message": "Applying this sets {value} replicas, whatever the autoscaler decided",
		"path": ["spec", "replicas"],
		"root": "object",
	}}
}

test_one_of_both_passes if {
	count(replicas_beside_hpa.fail) == 0 with input as object.remove(scaled, ["workload"])
		with data.scan.snapshot as false
	count(replicas_beside_hpa.fail) == 0 with input as object.remove(scaled, ["facts"])
		with data.scan.snapshot as false
}

test_cluster_does_not_apply if {
	count(replicas_beside_hpa.fail) == 0 with input as scaled with data.scan.snapshot as true
	count(replicas_beside_hpa.not_applicable) == 1 with input as scaled with data.scan.snapshot as true
}
