# METADATA
# title: Controllers share one account
# description: >-
#   Every controller acts with all rights of the controller manager, so that a fault in one of them has them
#   all.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/
# custom:
#   id: KA-A-0132
#   severity: medium
#   over: component
#   kinds: [kube-controller-manager]
#   reads: [settings.use-service-account-credentials]
#   remediation: Start kube-controller-manager with --use-service-account-credentials=true.
package kubeassay.rules.control_plane.controllers_share_credentials

import data.kubeassay.lib.setting

fail contains finding if {
	setting.is_other_than("use-service-account-credentials", "true")
	finding := {"message": sprintf("%s: all controllers act with one account", [setting.stated("use-service-account-credentials")]), "path": setting.path("use-service-account-credentials")}
}

unknown contains finding if some finding in setting.unclear
