# METADATA
# title: Configuration of the container network is open to more than its owner
# description: >-
#   The container runtime runs the programs that these files name, as root; some files also hold
#   credentials.
# scope: package
# custom:
#   id: KA-H-0009
#   severity: medium
#   over: node
#   reads: [facts.host_files.by_role]
#   tags: [control-plane]
#   remediation: >-
#     Run `chmod 600 /etc/cni/net.d/*` on the node; the path may be another: the container runtime's
#     conf_dir names the folder.
package kubeassay.rules.node.cni_configuration_permissions

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.wider(roles, "600")

unknown contains finding if some finding in node_file.mode_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"cni.conf"}
