package kubeassay.rules.control_plane.audit_log_age_short_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.audit_log_age_short

test_less_fails if {
	count(audit_log_age_short.fail) == 1 with input as testing.settings({"audit-log-maxage": "29"})
}

test_zero_fails if {
	count(audit_log_age_short.fail) == 1 with input as testing.settings({"audit-log-maxage": "0"})
}

test_enough_passes if {
	count(audit_log_age_short.fail) == 0 with input as testing.settings({"audit-log-maxage": "30"})
}

test_no_number_fails if {
	count(audit_log_age_short.fail) == 1 with input as testing.settings({"audit-log-maxage": "many"})
}

test_unknown if {
	count(audit_log_age_short.fail) == 0 with input as testing.unknown_setting("audit-log-maxage")
	count(audit_log_age_short.unknown) == 1 with input as testing.unknown_setting("audit-log-maxage")
}
