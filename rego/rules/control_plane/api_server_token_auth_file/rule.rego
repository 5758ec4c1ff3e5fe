# METADATA
# title: API server takes tokens from a file
# description: >-
#   Tokens of a file are written in clear, last for ever, and cannot be withdrawn without a restart.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   id: KA-A-0101
#   severity: high
#   over: component
#   kinds: [kube-apiserver]
#   reads: [settings.token-auth-file]
#   remediation: >-
#     Remove --token-auth-file and sign people in with OpenID Connect or another provider of short-lived
#     credentials.
package kubeassay.rules.control_plane.api_server_token_auth_file

import data.kubeassay.lib.setting

fail contains finding if {
	setting.is_set("token-auth-file")
	finding := {
		"message": sprintf("%s: static tokens are accepted", [setting.stated("token-auth-file")]),
		"path": setting.path("token-auth-file"),
	}
}

unknown contains finding if some finding in setting.unclear
