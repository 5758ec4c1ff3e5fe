# METADATA
# title: Kubelet accepts weak ciphers
# description: >-
#   Left to Go's own choice, or told so, the kubelet agrees on suites without authenticated encryption
#   or forward secrecy. Suites of TLS 1.3 are all strong and cannot be chosen.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
# custom:
#   id: KA-H-0043
#   severity: medium
#   over: node
#   reads: [facts.kubelet.settings]
#   remediation: >-
#     In the kubelet's configuration file set tlsCipherSuites to the strong suites alone, for instance
#     TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256 and TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256, or
#     tlsMinVersion to VersionTLS13, and restart it.
package kubeassay.rules.node.kubelet_weak_ciphers

import data.kubeassay.lib.kubelet

fail contains kubelet.fault("tls-cipher-suites", "No suites are chosen, so that weak ones are among them") if {
	not_only_newest
	kubelet.value("tls-cipher-suites") == []
}

fail contains kubelet.fault("tls-cipher-suites", sprintf("%s is weak", [concat(", ", weak)])) if {
	not_only_newest
	weak := [suite | some suite in kubelet.value("tls-cipher-suites"); not suite in strong]
	count(weak) > 0
}

unknown contains finding if {
	not_only_newest
	some finding in kubelet.unclear({"tls-cipher-suites", "tls-min-version"})
}

not_applicable contains finding if some finding in kubelet.absent

not_only_newest if not only_newest

only_newest if kubelet.value("tls-min-version") == "VersionTLS13"

# the benchmark's list, the full names of its two short ones, and the suites of TLS 1.3
strong := {
	"TLS_AES_128_GCM_SHA256",
	"TLS_AES_256_GCM_SHA384",
	"TLS_CHACHA20_POLY1305_SHA256",
	"TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256",
	"TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384",
	"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305",
	"TLS_ECDHE_ECDSA_WITH_CHACHA20_POLY1305_SHA256",
	"TLS_ECDHE_RSA_WITH_AES_128_GCM_SHA256",
	"TLS_ECDHE_RSA_WITH_AES_256_GCM_SHA384",
	"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305",
	"TLS_ECDHE_RSA_WITH_CHACHA20_POLY1305_SHA256",
}
