# METADATA
# title: API server keeps no audit log
# description: >-
#   Who did what in the cluster cannot be told after the fact.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   id: KA-A-0115
#   severity: medium
#   over: component
#   kinds: [kube-apiserver]
#   reads: [settings.audit-log-path]
#   remediation: Set --audit-log-path of kube-apiserver, and mount that folder into its Pod.
package kubeassay.rules.control_plane.audit_log_path_missing

import data.kubeassay.lib.setting

fail contains finding if {
	setting.is_empty("audit-log-path")
	finding := {"message": sprintf("%s: no audit log is written", [setting.stated("audit-log-path")]), "path": setting.path("audit-log-path")}
}

unknown contains finding if some finding in setting.unclear
