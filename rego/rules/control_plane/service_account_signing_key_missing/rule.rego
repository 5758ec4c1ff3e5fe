# METADATA
# title: Controller manager signs no service account tokens
# description: >-
#   Tokens are then signed with another program's key or not at all, and the key cannot be replaced on its
#   own.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/
# custom:
#   id: KA-A-0133
#   severity: medium
#   over: component
#   kinds: [kube-controller-manager]
#   reads: [settings.service-account-private-key-file]
#   remediation: >-
#     Set --service-account-private-key-file of kube-controller-manager to a key that is used for nothing
#     else.
package kubeassay.rules.control_plane.service_account_signing_key_missing

import data.kubeassay.lib.setting

fail contains finding if {
	setting.is_empty("service-account-private-key-file")
	finding := {"message": sprintf("%s: tokens of service accounts are not signed with a key of their own", [setting.stated("service-account-private-key-file")]), "path": setting.path("service-account-private-key-file")}
}

unknown contains finding if some finding in setting.unclear
