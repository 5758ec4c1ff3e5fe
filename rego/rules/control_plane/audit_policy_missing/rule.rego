# METADATA
# title: API server has no audit policy
# description: >-
#   Without a policy nothing is recorded, whatever log is named.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   id: KA-A-0146
#   severity: medium
#   over: component
#   kinds: [kube-apiserver]
#   reads: [settings.audit-policy-file]
#   remediation: >-
#     Write an audit policy, name it with --audit-policy-file of kube-apiserver, and mount it into its Pod.
package kubeassay.rules.control_plane.audit_policy_missing

import data.kubeassay.lib.setting

fail contains finding if {
	setting.is_empty("audit-policy-file")
	finding := {"message": sprintf("%s: nothing is recorded", [setting.stated("audit-policy-file")]), "path": setting.path("audit-policy-file")}
}

unknown contains finding if some finding in setting.unclear
