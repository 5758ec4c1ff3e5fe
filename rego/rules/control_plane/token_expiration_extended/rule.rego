# METADATA
# title: Tokens of service accounts last for a year
# description: >-
#   Tokens that Pods are given are extended to a year for the sake of old clients, so that a stolen one is of
#   use for long.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   id: KA-A-0129
#   severity: medium
#   over: component
#   kinds: [kube-apiserver]
#   reads: [settings.service-account-extend-token-expiration]
#   remediation: >-
#     Start kube-apiserver with --service-account-extend-token-expiration=false, after making sure that
#     clients read their tokens again.
package kubeassay.rules.control_plane.token_expiration_extended

import data.kubeassay.lib.setting

fail contains finding if {
	setting.is_other_than("service-account-extend-token-expiration", "false")
	finding := {"message": sprintf("%s: tokens of Pods are extended to a year", [setting.stated("service-account-extend-token-expiration")]), "path": setting.path("service-account-extend-token-expiration")}
}

unknown contains finding if some finding in setting.unclear
