# METADATA
# title: Kubelet's configuration file has permissions wider than 644
# description: Whoever changes the file decides whom the kubelet lets in, and how it runs every pod of the node.
# scope: package
# custom:
#   id: KA-H-0091
#   severity: high
#   over: node
#   reads: [facts.host_files.by_role]
#   remediation: >-
#     Run `chmod go-w /var/lib/kubelet/config.yaml` on the node; the path may be another: the kubelet's
#     --config names it, and --config-dir the folder of its drop-ins.
package kubeassay.rules.node.kubelet_configuration_writable

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.wider(roles, "644")

unknown contains finding if some finding in node_file.mode_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"kubelet.config"}
