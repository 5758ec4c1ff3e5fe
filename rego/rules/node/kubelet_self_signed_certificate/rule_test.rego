package kubeassay.rules.node.kubelet_self_signed_certificate_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.kubelet_self_signed_certificate

node(certificate, key, requested, self_signed) := object.union(
	testing.kubelet({
		"tls-cert-file": certificate,
		"tls-private-key-file": key,
		"rotate-server-certificates": requested,
	}),
	{"facts": {"kubelet": {"self_signed": self_signed}}},
)

test_no_certificate_fails if {
	found := kubelet_self_signed_certificate.fail with input as node("", "", false, false)
	{finding.path | some finding in found} == {["kubelet", "flags", "tls-cert-file"]}
}

test_certificate_without_key_fails if {
	count(kubelet_self_signed_certificate.fail) == 1 with input as node("/a.crt", "", false, false)
}

test_files_pass if {
	here := node("/a.crt", "/a.key", false, false)
	count(kubelet_self_signed_certificate.fail) == 0 with input as here
	count(kubelet_self_signed_certificate.unknown) == 0 with input as here
}

test_request_passes if {
	here := node("", "", true, false)
	count(kubelet_self_signed_certificate.fail) == 0 with input as here
	count(kubelet_self_signed_certificate.unknown) == 0 with input as here
}

test_own_certificate_fails if {
	here := node("/var/lib/kubelet/pki/kubelet.crt", "/var/lib/kubelet/pki/kubelet.key", false, true)
	count(kubelet_self_signed_certificate.fail) == 1 with input as here
	count(kubelet_self_signed_certificate.unknown) == 0 with input as here
}

test_unclear_origin_is_unknown if {
	here := testing.kubelet({
		"tls-cert-file": "/pki/kubelet.crt",
		"tls-private-key-file": "/pki/kubelet.key",
		"rotate-server-certificates": false,
	})
	count(kubelet_self_signed_certificate.fail) == 0 with input as here
	count(kubelet_self_signed_certificate.unknown) == 1 with input as here
}

test_unclear_settings_are_unknown if {
	names := {"tls-cert-file", "tls-private-key-file", "rotate-server-certificates"}
	count(kubelet_self_signed_certificate.unknown) == 3 with input as testing.unclear_kubelet(names)
}

test_no_kubelet_does_not_apply if {
	count(kubelet_self_signed_certificate.not_applicable) == 1 with input as testing.kubelet({})
}
