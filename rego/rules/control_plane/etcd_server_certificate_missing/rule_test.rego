package kubeassay.rules.control_plane.etcd_server_certificate_missing_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.etcd_server_certificate_missing

test_missing_fails if {
	count(etcd_server_certificate_missing.fail) == 2 with input as testing.settings({"cert-file": "", "key-file": ""})
}

test_set_passes if {
	count(etcd_server_certificate_missing.fail) == 0 with input as testing.settings({"cert-file": "/x", "key-file": "/x"})
}

test_unknown if {
	count(etcd_server_certificate_missing.fail) == 0 with input as testing.unknown_setting("cert-file")
	count(etcd_server_certificate_missing.unknown) == 1 with input as testing.unknown_setting("cert-file")
}
