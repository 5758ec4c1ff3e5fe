package kubeassay.rules.control_plane.service_account_lookup_off_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.service_account_lookup_off

test_bad_value_fails if {
	count(service_account_lookup_off.fail) == 1 with input as testing.settings({"service-account-lookup": "false"})
}

test_good_value_passes if {
	count(service_account_lookup_off.fail) == 0 with input as testing.settings({"service-account-lookup": "true"})
}

test_no_boolean_fails if {
	count(service_account_lookup_off.fail) == 1 with input as testing.settings({"service-account-lookup": "yes"})
}

test_unknown if {
	count(service_account_lookup_off.fail) == 0 with input as testing.unknown_setting("service-account-lookup")
	count(service_account_lookup_off.unknown) == 1 with input as testing.unknown_setting("service-account-lookup")
}
