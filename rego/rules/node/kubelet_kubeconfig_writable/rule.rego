# METADATA
# title: Kubelet's kubeconfig has permissions wider than 644
# description: Whoever changes the file decides which server the kubelet obeys, and with whose credentials.
# scope: package
# custom:
#   id: KA-H-0090
#   severity: high
#   over: node
#   reads: [facts.host_files.by_role]
#   remediation: >-
#     Run `chmod go-w /etc/kubernetes/kubelet.conf` on the node; the path may be another: the kubelet's
#     --kubeconfig names it.
package kubeassay.rules.node.kubelet_kubeconfig_writable

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.wider(roles, "644")

unknown contains finding if some finding in node_file.mode_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"kubelet.kubeconfig"}
