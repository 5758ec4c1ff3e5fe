package kubeassay.rules.control_plane.audit_policy_missing_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.audit_policy_missing

test_missing_fails if {
	count(audit_policy_missing.fail) == 1 with input as testing.settings({"audit-policy-file": ""})
}

test_set_passes if {
	count(audit_policy_missing.fail) == 0 with input as testing.settings({"audit-policy-file": "/x"})
}

test_unknown if {
	count(audit_policy_missing.fail) == 0 with input as testing.unknown_setting("audit-policy-file")
	count(audit_policy_missing.unknown) == 1 with input as testing.unknown_setting("audit-policy-file")
}
