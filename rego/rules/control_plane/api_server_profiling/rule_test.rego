package kubeassay.rules.control_plane.api_server_profiling_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.api_server_profiling

test_bad_value_fails if {
	count(api_server_profiling.fail) == 1 with input as testing.settings({"profiling": "true"})
}

test_good_value_passes if {
	count(api_server_profiling.fail) == 0 with input as testing.settings({"profiling": "false"})
}

test_no_boolean_fails if {
	count(api_server_profiling.fail) == 1 with input as testing.settings({"profiling": "yes"})
}

test_unknown if {
	count(api_server_profiling.fail) == 0 with input as testing.unknown_setting("profiling")
	count(api_server_profiling.unknown) == 1 with input as testing.unknown_setting("profiling")
}
