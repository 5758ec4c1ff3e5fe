package kubeassay.rules.control_plane.etcd_authority_missing_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.etcd_authority_missing

test_missing_fails if {
	count(etcd_authority_missing.fail) == 1 with input as testing.settings({"etcd-cafile": "", "etcd-servers": "https://e"})
}

test_set_passes if {
	count(etcd_authority_missing.fail) == 0 with input as testing.settings({"etcd-cafile": "/x"})
}

test_socket_does_not_apply if {
	count(etcd_authority_missing.fail) == 0 with input as testing.settings({"etcd-cafile": "", "etcd-servers": "unix://kine.sock"})
}

test_unknown if {
	count(etcd_authority_missing.fail) == 0 with input as testing.unknown_setting("etcd-cafile")
	count(etcd_authority_missing.unknown) == 1 with input as testing.unknown_setting("etcd-cafile")
}
