package kubeassay.rules.workload.sub_path_mount_test

import data.kubeassay.rules.workload.sub_path_mount

judged(mount, minor) := [fails, unknown, exempt] if {
	containers := {"containers": [{"path": ["spec", "containers", 0], "volumeMounts": [mount]}]}
	scan := {"kubernetes": {"minor": minor}}
	fails := count(sub_path_mount.fail) with input as containers with data.scan as scan
	unknown := count(sub_path_mount.unknown) with input as containers with data.scan as scan
	exempt := count(sub_path_mount.not_applicable) with input as containers with data.scan as scan
}

test_the_version_decides if {
	judged({"subPath": "a"}, 18) == [1, 0, 0]
	judged({"subPathExpr": "$(A)"}, 19) == [0, 1, 0]
	judged({"subPath": "a"}, 22) == [0, 1, 0]
	judged({"subPath": "a"}, 23) == [0, 0, 1]
}

test_whole_volumes_pass if {
	judged({}, 18) == [0, 0, 0]
	judged({"subPath": ""}, 18) == [0, 0, 0]
}
