package kubeassay.rules.control_plane.etcd_client_cert_auth_off_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.etcd_client_cert_auth_off

test_off_fails if {
	count(etcd_client_cert_auth_off.fail) == 1 with input as testing.settings({"client-cert-auth": "false", "trusted-ca-file": ""})
}

test_on_passes if {
	count(etcd_client_cert_auth_off.fail) == 0 with input as testing.settings({"client-cert-auth": "true"})
}

test_unknown if {
	count(etcd_client_cert_auth_off.fail) == 0 with input as testing.unknown_setting("client-cert-auth")
	count(etcd_client_cert_auth_off.unknown) == 1 with input as testing.unknown_setting("client-cert-auth")
}
