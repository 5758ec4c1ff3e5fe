package kubeassay.rules.control_plane.audit_log_backups_few_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.audit_log_backups_few

test_less_fails if {
	count(audit_log_backups_few.fail) == 1 with input as testing.settings({"audit-log-maxbackup": "9"})
}

test_zero_fails if {
	count(audit_log_backups_few.fail) == 1 with input as testing.settings({"audit-log-maxbackup": "0"})
}

test_enough_passes if {
	count(audit_log_backups_few.fail) == 0 with input as testing.settings({"audit-log-maxbackup": "10"})
}

test_no_number_fails if {
	count(audit_log_backups_few.fail) == 1 with input as testing.settings({"audit-log-maxbackup": "many"})
}

test_unknown if {
	count(audit_log_backups_few.fail) == 0 with input as testing.unknown_setting("audit-log-maxbackup")
	count(audit_log_backups_few.unknown) == 1 with input as testing.unknown_setting("audit-log-maxbackup")
}
