package kubeassay.rules.control_plane.encryption_not_configured_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.encryption_not_configured

test_missing_fails if {
	count(encryption_not_configured.fail) == 1 with input as testing.settings({"encryption-provider-config": ""})
}

test_set_passes if {
	count(encryption_not_configured.fail) == 0 with input as testing.settings({"encryption-provider-config": "/x"})
}

test_unknown if {
	count(encryption_not_configured.fail) == 0 with input as testing.unknown_setting("encryption-provider-config")
	count(encryption_not_configured.unknown) == 1 with input as testing.unknown_setting("encryption-provider-config")
}
