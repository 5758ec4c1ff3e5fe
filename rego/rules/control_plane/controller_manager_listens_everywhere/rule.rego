# METADATA
# title: Controller manager listens on the network
# description: >-
#   Its health and metrics are open to the network of the node, and with them its profiles.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/command-line-tools-reference/kube-controller-manager/
# custom:
#   id: KA-A-0136
#   severity: low
#   over: component
#   kinds: [kube-controller-manager]
#   reads: [settings.bind-address, settings.secure-port]
#   remediation: Start kube-controller-manager with --bind-address=127.0.0.1.
package kubeassay.rules.control_plane.controller_manager_listens_everywhere

import data.kubeassay.lib.setting

fail contains finding if {
	address := setting.value("bind-address")
	not is_loopback(address)
	setting.is_other_than("secure-port", "0")
	finding := {
		"message": sprintf("%s: it listens on the network", [setting.stated("bind-address")]),
		"path": setting.path("bind-address"),
	}
}

is_loopback(address) if startswith(address, "127.")

is_loopback(address) if address == "::1"

settled if is_loopback(setting.value("bind-address"))

settled if setting.value("secure-port") == "0"

unknown contains finding if {
	some finding in setting.unclear
	not settled
}
