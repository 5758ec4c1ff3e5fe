# METADATA
# title: API server allows every request
# description: >-
#   With the mode AlwaysAllow every client may do everything, whatever roles say.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   id: KA-A-0105
#   severity: critical
#   over: component
#   kinds: [kube-apiserver]
#   reads: [settings.authorization-mode]
#   remediation: >-
#     Set --authorization-mode of kube-apiserver to Node,RBAC, or list no AlwaysAllow in the authorization
#     configuration.
package kubeassay.rules.control_plane.authorization_always_allow

import data.kubeassay.lib.setting

modes := {trim_space(mode) | some mode in split(setting.value("authorization-mode"), ",")}

fail contains finding if {
	"AlwaysAllow" in modes
	finding := {
		"message": sprintf("%s: every request is allowed", [setting.stated("authorization-mode")]),
		"path": setting.path("authorization-mode"),
	}
}

unknown contains finding if some finding in setting.unclear
