package kubeassay.rules.control_plane.etcd_client_certificate_missing_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.etcd_client_certificate_missing

test_missing_fails if {
	count(etcd_client_certificate_missing.fail) == 2 with input as testing.settings({"etcd-certfile": "", "etcd-keyfile": "", "etcd-servers": "https://e"})
}

test_set_passes if {
	count(etcd_client_certificate_missing.fail) == 0 with input as testing.settings({"etcd-certfile": "/x", "etcd-keyfile": "/x"})
}

test_socket_does_not_apply if {
	count(etcd_client_certificate_missing.fail) == 0 with input as testing.settings({"etcd-certfile": "", "etcd-keyfile": "", "etcd-servers": "unix://kine.sock"})
}

test_unknown if {
	count(etcd_client_certificate_missing.fail) == 0 with input as testing.unknown_setting("etcd-certfile")
	count(etcd_client_certificate_missing.unknown) == 1 with input as testing.unknown_setting("etcd-certfile")
}
