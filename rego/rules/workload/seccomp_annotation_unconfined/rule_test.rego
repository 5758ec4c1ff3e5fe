package kubeassay.rules.workload.seccomp_annotation_unconfined_test

import data.kubeassay.rules.workload.seccomp_annotation_unconfined

key := "seccomp.security.alpha.kubernetes.io/pod"

faults(profile, minor) := found if {
	found := seccomp_annotation_unconfined.fail with input as {"facts": {"profiles": {"seccomp": {key: profile}}}}
		with data.scan as {"kubernetes": {"major": 1, "minor": minor}}
}

test_other_profiles_fail if {
	every profile in ["unconfined", "", "localhost"] {
		{finding.path | some finding in faults(profile, 18)} == {["metadata", "annotations", key]}
	}
}

test_filtering_profiles_pass if {
	every profile in ["runtime/default", "docker/default", "localhost/api.json"] {
		count(faults(profile, 18)) == 0
	}
}

test_not_applicable_from_1_19 if {
	count(faults("unconfined", 19)) == 0
	count(seccomp_annotation_unconfined.not_applicable) == 1 with data.scan as {"kubernetes": {"major": 1, "minor": 19}}
	count(seccomp_annotation_unconfined.not_applicable) == 0 with data.scan as {"kubernetes": {"major": 1, "minor": 18}}
}
