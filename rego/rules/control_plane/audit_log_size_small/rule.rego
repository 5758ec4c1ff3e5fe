# METADATA
# title: Audit logs are small
# description: >-
#   Small files reach the number that is kept within hours, so that the records are soon lost.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   id: KA-A-0118
#   severity: low
#   over: component
#   kinds: [kube-apiserver]
#   reads: [settings.audit-log-maxsize]
#   remediation: Set --audit-log-maxsize of kube-apiserver to 100 or more.
package kubeassay.rules.control_plane.audit_log_size_small

import data.kubeassay.lib.setting

fail contains finding if {
	setting.is_less_than("audit-log-maxsize", 100)
	finding := {
		"message": sprintf("%s; at least 100 megabytes are wanted", [setting.stated("audit-log-maxsize")]),
		"path": setting.path("audit-log-maxsize"),
	}
}

unknown contains finding if some finding in setting.unclear
