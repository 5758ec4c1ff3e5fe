# METADATA
# title: Controller manager's kubeconfig is open to more than its owner
# description: >-
#   The file holds the credentials with which the controller manager acts in the cluster; whoever reads
#   it can act in its place.
# scope: package
# custom:
#   id: KA-H-0017
#   severity: high
#   over: node
#   reads: [facts.host_files.by_role]
#   tags: [control-plane]
#   remediation: >-
#     Run `chmod 600 /etc/kubernetes/controller-manager.conf` on the node.
package kubeassay.rules.node.controller_manager_kubeconfig_permissions

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.wider(roles, "600")

unknown contains finding if some finding in node_file.mode_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"controller-manager.kubeconfig"}
