package kubeassay.rules.control_plane.request_timeout_changed_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.request_timeout_changed

test_zero_fails if {
	count(request_timeout_changed.fail) == 1 with input as testing.settings({"request-timeout": "0"})
}

test_usual_passes if {
	count(request_timeout_changed.fail) == 0 with input as testing.settings({"request-timeout": "1m0s"})
}

test_long_is_for_a_person if {
	count(request_timeout_changed.fail) == 0 with input as testing.settings({"request-timeout": "300s"})
}

test_unknown if {
	count(request_timeout_changed.fail) == 0 with input as testing.unknown_setting("request-timeout")
	count(request_timeout_changed.unknown) == 1 with input as testing.unknown_setting("request-timeout")
}
