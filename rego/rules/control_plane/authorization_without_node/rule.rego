# METADATA
# title: API server does not confine kubelets
# description: >-
#   Without the mode Node a kubelet is authorised like any other client, and may be let read what belongs to
#   Pods of other nodes.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-apiserver/
# custom:
#   id: KA-A-0106
#   severity: medium
#   over: component
#   kinds: [kube-apiserver]
#   reads: [settings.authorization-mode]
#   remediation: >-
#     Add Node to --authorization-mode of kube-apiserver, or to the authorizers of its authorization
#     configuration.
package kubeassay.rules.control_plane.authorization_without_node

import data.kubeassay.lib.setting

modes := {trim_space(mode) | some mode in split(setting.value("authorization-mode"), ",")}

fail contains finding if {
	not "Node" in modes
	finding := {
		"message": sprintf("%s: kubelets are not confined to the objects of their own node", [setting.stated("authorization-mode")]),
		"path": setting.path("authorization-mode"),
	}
}

unknown contains finding if some finding in setting.unclear
