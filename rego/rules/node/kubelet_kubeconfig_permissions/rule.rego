# METADATA
# title: Kubelet's kubeconfig is open to more than its owner
# description: >-
#   The file leads to the credentials with which the kubelet acts in the cluster; whoever reads them can
#   act as the node.
# scope: package
# custom:
#   id: KA-H-0026
#   severity: high
#   over: node
#   reads: [facts.host_files.by_role]
#   remediation: >-
#     Run `chmod 600 /etc/kubernetes/kubelet.conf` on the node; the path may be another: the kubelet's
#     --kubeconfig names it.
package kubeassay.rules.node.kubelet_kubeconfig_permissions

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.wider(roles, "600")

unknown contains finding if some finding in node_file.mode_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"kubelet.kubeconfig"}
