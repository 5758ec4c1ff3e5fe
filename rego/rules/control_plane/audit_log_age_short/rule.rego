# METADATA
# title: Audit logs are kept for less than 30 days
# description: >-
#   What happened some weeks ago can no longer be told; 0 keeps them until the disk is full.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   id: KA-A-0116
#   severity: low
#   over: component
#   kinds: [kube-apiserver]
#   reads: [settings.audit-log-maxage]
#   remediation: Set --audit-log-maxage of kube-apiserver to 30 or to what your rules ask for.
package kubeassay.rules.control_plane.audit_log_age_short

import data.kubeassay.lib.setting

fail contains finding if {
	setting.is_less_than("audit-log-maxage", 30)
	finding := {
		"message": sprintf("%s; at least 30 days are wanted", [setting.stated("audit-log-maxage")]),
		"path": setting.path("audit-log-maxage"),
	}
}

unknown contains finding if some finding in setting.unclear
