package kubeassay.rules.control_plane.api_server_certificate_missing_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.api_server_certificate_missing

test_missing_fails if {
	count(api_server_certificate_missing.fail) == 2 with input as testing.settings({"tls-cert-file": "", "tls-private-key-file": ""})
}

test_set_passes if {
	count(api_server_certificate_missing.fail) == 0 with input as testing.settings({"tls-cert-file": "/x", "tls-private-key-file": "/x"})
}

test_unknown if {
	count(api_server_certificate_missing.fail) == 0 with input as testing.unknown_setting("tls-cert-file")
	count(api_server_certificate_missing.unknown) == 1 with input as testing.unknown_setting("tls-cert-file")
}
