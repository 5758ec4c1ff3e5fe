package kubeassay.rules.control_plane.audit_log_size_small_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.audit_log_size_small

test_less_fails if {
	count(audit_log_size_small.fail) == 1 with input as testing.settings({"audit-log-maxsize": "99"})
}

test_zero_fails if {
	count(audit_log_size_small.fail) == 1 with input as testing.settings({"audit-log-maxsize": "0"})
}

test_enough_passes if {
	count(audit_log_size_small.fail) == 0 with input as testing.settings({"audit-log-maxsize": "100"})
}

test_no_number_fails if {
	count(audit_log_size_small.fail) == 1 with input as testing.settings({"audit-log-maxsize": "many"})
}

test_unknown if {
	count(audit_log_size_small.fail) == 0 with input as testing.unknown_setting("audit-log-maxsize")
	count(audit_log_size_small.unknown) == 1 with input as testing.unknown_setting("audit-log-maxsize")
}
