package kubeassay.rules.control_plane.scheduler_profiling_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.scheduler_profiling

test_bad_value_fails if {
	count(scheduler_profiling.fail) == 1 with input as testing.settings({"profiling": "true"})
}

test_good_value_passes if {
	count(scheduler_profiling.fail) == 0 with input as testing.settings({"profiling": "false"})
}

test_no_boolean_fails if {
	count(scheduler_profiling.fail) == 1 with input as testing.settings({"profiling": "yes"})
}

test_unknown if {
	count(scheduler_profiling.fail) == 0 with input as testing.unknown_setting("profiling")
	count(scheduler_profiling.unknown) == 1 with input as testing.unknown_setting("profiling")
}
