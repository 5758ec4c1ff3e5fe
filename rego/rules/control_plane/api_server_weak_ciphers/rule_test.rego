package kubeassay.rules.control_plane.api_server_weak_ciphers_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.api_server_weak_ciphers

test_default_fails if {
	count(api_server_weak_ciphers.fail) == 1 with input as testing.settings({"tls-cipher-suites": "", "tls-min-version": ""})
}

test_cbc_fails if {
	count(api_server_weak_ciphers.fail) == 1 with input as testing.settings({"tls-cipher-suites": "TLS_AES_128_GCM_SHA256,TLS_ECDHE_RSA_WITH_AES_128_CBC_SHA", "tls-min-version": ""})
}

test_strong_passes if {
	count(api_server_weak_ciphers.fail) == 0 with input as testing.settings({"tls-cipher-suites": "TLS_AES_128_GCM_SHA256", "tls-min-version": ""})
}

test_newest_version_passes if {
	count(api_server_weak_ciphers.fail) == 0 with input as testing.settings({"tls-cipher-suites": "", "tls-min-version": "VersionTLS13"})
}

test_unknown if {
	count(api_server_weak_ciphers.fail) == 0 with input as testing.unknown_setting("tls-cipher-suites")
	count(api_server_weak_ciphers.unknown) == 1 with input as testing.unknown_setting("tls-cipher-suites")
}
