package kubeassay.rules.control_plane.controllers_share_credentials_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.controllers_share_credentials

test_bad_value_fails if {
	count(controllers_share_credentials.fail) == 1 with input as testing.settings({"use-service-account-credentials": "false"})
}

test_good_value_passes if {
	count(controllers_share_credentials.fail) == 0 with input as testing.settings({"use-service-account-credentials": "true"})
}

test_no_boolean_fails if {
	count(controllers_share_credentials.fail) == 1 with input as testing.settings({"use-service-account-credentials": "yes"})
}

test_unknown if {
	count(controllers_share_credentials.fail) == 0 with input as testing.unknown_setting("use-service-account-credentials")
	count(controllers_share_credentials.unknown) == 1 with input as testing.unknown_setting("use-service-account-credentials")
}
