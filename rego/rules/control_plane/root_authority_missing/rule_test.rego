package kubeassay.rules.control_plane.root_authority_missing_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.root_authority_missing

test_missing_fails if {
	count(root_authority_missing.fail) == 1 with input as testing.settings({"root-ca-file": ""})
}

test_set_passes if {
	count(root_authority_missing.fail) == 0 with input as testing.settings({"root-ca-file": "/x"})
}

test_unknown if {
	count(root_authority_missing.fail) == 0 with input as testing.unknown_setting("root-ca-file")
	count(root_authority_missing.unknown) == 1 with input as testing.unknown_setting("root-ca-file")
}
