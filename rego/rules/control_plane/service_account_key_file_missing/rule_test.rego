package kubeassay.rules.control_plane.service_account_key_file_missing_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.service_account_key_file_missing

test_missing_fails if {
	count(service_account_key_file_missing.fail) == 1 with input as testing.settings({"service-account-key-file": ""})
}

test_set_passes if {
	count(service_account_key_file_missing.fail) == 0 with input as testing.settings({"service-account-key-file": "/x"})
}

test_external_does_not_apply if {
	count(service_account_key_file_missing.fail) == 0 with input as testing.settings({"service-account-key-file": "", "service-account-signing-endpoint": "/x"})
}

test_unknown if {
	count(service_account_key_file_missing.fail) == 0 with input as testing.unknown_setting("service-account-key-file")
	count(service_account_key_file_missing.unknown) == 1 with input as testing.unknown_setting("service-account-key-file")
}
