# METADATA
# title: API server takes weak ciphers
# description: >-
#   Go's own list has cipher suites in CBC mode, which are open to padding attacks.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   id: KA-A-0128
#   severity: medium
#   over: component
#   kinds: [kube-apiserver]
#   reads: [settings.tls-cipher-suites, settings.tls-min-version]
#   remediation: >-
#     Set --tls-cipher-suites of kube-apiserver to suites with AEAD and forward secrecy alone, or --tls-min-
#     version to VersionTLS13.
package kubeassay.rules.control_plane.api_server_weak_ciphers

import data.kubeassay.lib.setting

# METADATA
# title: Suites with forward secrecy and authenticated encryption
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

fail contains finding if {
	setting.is_empty("tls-cipher-suites")
	older_versions
	finding := {
		"message": sprintf("%s: Go's own list has suites in CBC mode", [setting.stated("tls-cipher-suites")]),
		"path": setting.path("tls-cipher-suites"),
	}
}

fail contains finding if {
	older_versions
	count(weak) > 0
	finding := {
		"message": sprintf("Weak cipher suites are taken: %s", [concat(", ", sort(weak))]),
		"path": setting.path("tls-cipher-suites"),
	}
}

# TLS 1.3 has strong suites alone, and does not let them be chosen
older_versions if setting.is_other_than("tls-min-version", "VersionTLS13")

weak := {suite | some suite in split(setting.value("tls-cipher-suites"), ",")} - strong if {
	setting.is_set("tls-cipher-suites")
}

settled if setting.value("tls-min-version") == "VersionTLS13"

settled if count(weak) == 0

unknown contains finding if {
	some finding in setting.unclear
	not settled
}
