package kubeassay.rules.control_plane.etcd_authority_shared_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.etcd_authority_shared

test_none_fails if {
	count(etcd_authority_shared.fail) == 1 with input as testing.settings({"trusted-ca-file": ""})
}

test_unknown if {
	count(etcd_authority_shared.fail) == 0 with input as testing.unknown_setting("trusted-ca-file")
	count(etcd_authority_shared.unknown) == 1 with input as testing.unknown_setting("trusted-ca-file")
}
