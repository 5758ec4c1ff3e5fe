package kubeassay.rules.control_plane.token_expiration_extended_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.token_expiration_extended

test_bad_value_fails if {
	count(token_expiration_extended.fail) == 1 with input as testing.settings({"service-account-extend-token-expiration": "true"})
}

test_good_value_passes if {
	count(token_expiration_extended.fail) == 0 with input as testing.settings({"service-account-extend-token-expiration": "false"})
}

test_no_boolean_fails if {
	count(token_expiration_extended.fail) == 1 with input as testing.settings({"service-account-extend-token-expiration": "yes"})
}

test_unknown if {
	count(token_expiration_extended.fail) == 0 with input as testing.unknown_setting("service-account-extend-token-expiration")
	count(token_expiration_extended.unknown) == 1 with input as testing.unknown_setting("service-account-extend-token-expiration")
}
