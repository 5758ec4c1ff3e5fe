# METADATA
# title: API server does not use roles
# description: >-
#   Without the mode RBAC roles and bindings have no effect, and what clients may do is decided elsewhere or
#   nowhere.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   id: KA-A-0107
#   severity: high
#   over: component
#   kinds: [kube-apiserver]
#   reads: [settings.authorization-mode]
#   remediation: >-
#     Add RBAC to --authorization-mode of kube-apiserver, or to the authorizers of its authorization
#     configuration.
package kubeassay.rules.control_plane.authorization_without_rbac

import data.kubeassay.lib.setting

modes := {trim_space(mode) | some mode in split(setting.value("authorization-mode"), ",")}

fail contains finding if {
	not "RBAC" in modes
	finding := {
		"message": sprintf("%s: roles and their bindings have no effect", [setting.stated("authorization-mode")]),
		"path": setting.path("authorization-mode"),
	}
}

unknown contains finding if some finding in setting.unclear
