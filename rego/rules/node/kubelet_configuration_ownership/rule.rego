# METADATA
# title: Kubelet's configuration file does not belong to root:root
# description: >-
#   Its owner can let anybody run commands in the node's pods, or have other static Pods run as root.
# scope: package
# custom:
#   id: KA-H-0031
#   severity: high
#   over: node
#   reads: [facts.host_files.by_role]
#   remediation: >-
#     Run `chown root:root /var/lib/kubelet/config.yaml` on the node; the path may be another: the
#     kubelet's --config names it, and --config-dir the folder of its drop-ins.
package kubeassay.rules.node.kubelet_configuration_ownership

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.owned_by_others(roles, "root")

unknown contains finding if some finding in node_file.owner_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"kubelet.config"}
