package kubeassay.rules.control_plane.client_authority_missing_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.client_authority_missing

test_missing_fails if {
	count(client_authority_missing.fail) == 1 with input as testing.settings({"client-ca-file": ""})
}

test_set_passes if {
	count(client_authority_missing.fail) == 0 with input as testing.settings({"client-ca-file": "/x"})
}

test_unknown if {
	count(client_authority_missing.fail) == 0 with input as testing.unknown_setting("client-ca-file")
	count(client_authority_missing.unknown) == 1 with input as testing.unknown_setting("client-ca-file")
}
