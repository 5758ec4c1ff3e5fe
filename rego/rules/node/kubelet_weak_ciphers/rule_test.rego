package kubeassay.rules.node.kubelet_weak_ciphers_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.kubelet_weak_ciphers

node(suites, version) := testing.kubelet({"tls-cipher-suites": suites, "tls-min-version": version})

strong := ["TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256", "TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305"]

test_strong_suites_pass if {
	count(kubelet_weak_ciphers.fail) == 0 with input as node(strong, "")
}

test_weak_suite_is_named if {
	found := kubelet_weak_ciphers.fail with input as node(array.concat(strong, ["TLS_RSA_WITH_RC4_128_SHA"]), "")
	count(found) == 1
	some finding in found
	startswith(finding.message, "TLS_RSA_WITH_RC4_128_SHA is weak")
}

test_no_choice_fails if {
	count(kubelet_weak_ciphers.fail) == 1 with input as node([], "VersionTLS12")
}

test_newest_version_needs_no_choice if {
	count(kubelet_weak_ciphers.fail) == 0 with input as node([], "VersionTLS13")
	count(kubelet_weak_ciphers.unknown) == 0 with input as node([], "VersionTLS13")
}

test_unclear_is_unknown if {
	count(kubelet_weak_ciphers.unknown) == 1 with input as testing.unclear_kubelet({"tls-cipher-suites"})
}

test_no_kubelet_does_not_apply if {
	count(kubelet_weak_ciphers.not_applicable) == 1 with input as testing.kubelet({})
}
