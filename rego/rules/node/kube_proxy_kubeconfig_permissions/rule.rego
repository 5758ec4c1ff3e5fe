# METADATA
# title: kube-proxy's kubeconfig is open to more than its owner
# description: >-
#   The file holds the credentials with which kube-proxy reads every Service and node of the cluster.
# scope: package
# custom:
#   id: KA-H-0024
#   severity: medium
#   over: node
#   reads: [facts.host_files.by_role]
#   remediation: >-
#     Run `chmod 600 /var/lib/kube-proxy/kubeconfig.conf` on the node; the path may be another:
#     kube-proxy's --kubeconfig names it.
package kubeassay.rules.node.kube_proxy_kubeconfig_permissions

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.wider(roles, "600")

unknown contains finding if some finding in node_file.mode_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"kube-proxy.kubeconfig"}
