# METADATA
# title: Kubelet's kubeconfig does not belong to root:root
# description: >-
#   Its owner can exchange the credentials with which the kubelet acts in the cluster, and the server
#   that it obeys.
# scope: package
# custom:
#   id: KA-H-0027
#   severity: high
#   over: node
#   reads: [facts.host_files.by_role]
#   remediation: >-
#     Run `chown root:root /etc/kubernetes/kubelet.conf` on the node; the path may be another: the
#     kubelet's --kubeconfig names it.
package kubeassay.rules.node.kubelet_kubeconfig_ownership

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.owned_by_others(roles, "root")

unknown contains finding if some finding in node_file.owner_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"kubelet.kubeconfig"}
