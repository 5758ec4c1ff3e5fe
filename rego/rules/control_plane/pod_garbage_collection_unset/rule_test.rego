package kubeassay.rules.control_plane.pod_garbage_collection_unset_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.pod_garbage_collection_unset

test_never_fails if {
	count(pod_garbage_collection_unset.fail) == 1 with input as testing.settings({"terminated-pod-gc-threshold": "-1"})
}

test_chosen_passes if {
	count(pod_garbage_collection_unset.fail) == 0 with input as testing.settings({"terminated-pod-gc-threshold": "12500"})
}

test_unknown if {
	count(pod_garbage_collection_unset.fail) == 0 with input as testing.unknown_setting("terminated-pod-gc-threshold")
	count(pod_garbage_collection_unset.unknown) == 1 with input as testing.unknown_setting("terminated-pod-gc-threshold")
}
