package kubeassay.rules.control_plane.etcd_client_cert_auth_off_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.etcd_client_cert_auth_off

test_bad_value_fails if {
	count(etcd_client_cert_auth_off.fail) == 1 with input as testing.settings({"client-cert-auth": "false"})
}

test_good_value_passes if {
	count(etcd_client_cert_auth_off.fail) == 0 with input as testing.settings({"client-cert-auth": "true"})
}

test_no_boolean_fails if {
	count(etcd_client_cert_auth_off.fail) == 1 with input as testing.settings({"client-cert-auth": "yes"})
}

test_unknown if {
	count(etcd_client_cert_auth_off.fail) == 0 with input as testing.unknown_setting("client-cert-auth")
	count(etcd_client_cert_auth_off.unknown) == 1 with input as testing.unknown_setting("client-cert-auth")
}
