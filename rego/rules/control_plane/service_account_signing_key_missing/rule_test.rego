package kubeassay.rules.control_plane.service_account_signing_key_missing_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.service_account_signing_key_missing

test_missing_fails if {
	count(service_account_signing_key_missing.fail) == 1 with input as testing.settings({"service-account-private-key-file": ""})
}

test_set_passes if {
	count(service_account_signing_key_missing.fail) == 0 with input as testing.settings({"service-account-private-key-file": "/x"})
}

test_unknown if {
	count(service_account_signing_key_missing.fail) == 0 with input as testing.unknown_setting("service-account-private-key-file")
	count(service_account_signing_key_missing.unknown) == 1 with input as testing.unknown_setting("service-account-private-key-file")
}
