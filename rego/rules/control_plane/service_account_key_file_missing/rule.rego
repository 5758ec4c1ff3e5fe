# METADATA
# title: Service account tokens are verified with the server's TLS key
# description: >-
#   Without a key of its own the key of the API server's certificate is used, so that neither can be replaced
#   without the other.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   id: KA-A-0121
#   severity: medium
#   over: component
#   kinds: [kube-apiserver]
#   reads: [settings.service-account-key-file, settings.service-account-signing-endpoint]
#   remediation: Set --service-account-key-file of kube-apiserver to the public key of service account tokens.
package kubeassay.rules.control_plane.service_account_key_file_missing

import data.kubeassay.lib.setting

fail contains finding if {
	setting.is_empty("service-account-key-file")
	not external
	not setting.is_unclear("service-account-signing-endpoint")
	finding := {
		"message": sprintf("%s: tokens have no key of their own", [setting.stated("service-account-key-file")]),
		"path": setting.path("service-account-key-file"),
	}
}

not_applicable contains {"message": "Tokens are signed and verified by an external program", "path": []} if external

external if setting.is_set("service-account-signing-endpoint")

settled if setting.is_set("service-account-key-file")

unknown contains finding if {
	some finding in setting.unclear
	not settled
}
