# METADATA
# title: Tokens of deleted service accounts are valid
# description: >-
#   The API server does not look whether the account and token of a request still exist.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   id: KA-A-0120
#   severity: medium
#   over: component
#   kinds: [kube-apiserver]
#   reads: [settings.service-account-lookup]
#   remediation: Remove --service-account-lookup=false from kube-apiserver.
package kubeassay.rules.control_plane.service_account_lookup_off

import data.kubeassay.lib.setting

fail contains finding if {
	setting.is_other_than("service-account-lookup", "true")
	finding := {"message": sprintf("%s: tokens of deleted service accounts are taken", [setting.stated("service-account-lookup")]), "path": setting.path("service-account-lookup")}
}

unknown contains finding if some finding in setting.unclear
