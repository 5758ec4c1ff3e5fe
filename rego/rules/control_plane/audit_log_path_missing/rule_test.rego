package kubeassay.rules.control_plane.audit_log_path_missing_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.audit_log_path_missing

test_missing_fails if {
	count(audit_log_path_missing.fail) == 1 with input as testing.settings({"audit-log-path": ""})
}

test_set_passes if {
	count(audit_log_path_missing.fail) == 0 with input as testing.settings({"audit-log-path": "/x"})
}

test_unknown if {
	count(audit_log_path_missing.fail) == 0 with input as testing.unknown_setting("audit-log-path")
	count(audit_log_path_missing.unknown) == 1 with input as testing.unknown_setting("audit-log-path")
}
