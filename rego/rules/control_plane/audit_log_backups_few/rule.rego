# METADATA
# title: Few audit logs are kept
# description: >-
#   A busy day drives out the records of the days before; 0 keeps all until the disk is full.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   id: KA-A-0117
#   severity: low
#   over: component
#   kinds: [kube-apiserver]
#   reads: [settings.audit-log-maxbackup]
#   remediation: Set --audit-log-maxbackup of kube-apiserver to 10 or more.
package kubeassay.rules.control_plane.audit_log_backups_few

import data.kubeassay.lib.setting

fail contains finding if {
	setting.is_less_than("audit-log-maxbackup", 10)
	finding := {
		"message": sprintf("%s; at least 10 files are wanted", [setting.stated("audit-log-maxbackup")]),
		"path": setting.path("audit-log-maxbackup"),
	}
}

unknown contains finding if some finding in setting.unclear
