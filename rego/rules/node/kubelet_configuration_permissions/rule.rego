# METADATA
# title: Kubelet's configuration file is open to more than its owner
# description: >-
#   Whoever can write it can let anybody run commands in the node's pods, or have other static Pods run
#   as root.
# scope: package
# custom:
#   id: KA-H-0030
#   severity: high
#   over: node
#   reads: [facts.host_files.by_role]
#   remediation: >-
#     Run `chmod 600 /var/lib/kubelet/config.yaml` on the node; the path may be another: the kubelet's
#     --config names it, and --config-dir the folder of its drop-ins.
package kubeassay.rules.node.kubelet_configuration_permissions

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.wider(roles, "600")

unknown contains finding if some finding in node_file.mode_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"kubelet.config"}
