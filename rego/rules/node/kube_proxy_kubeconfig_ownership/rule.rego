# METADATA
# title: kube-proxy's kubeconfig does not belong to root:root
# description: >-
#   Its owner can read and exchange the credentials with which kube-proxy reads every Service and node.
# scope: package
# custom:
#   id: KA-H-0025
#   severity: medium
#   over: node
#   reads: [facts.host_files.by_role]
#   remediation: >-
#     Run `chown root:root /var/lib/kube-proxy/kubeconfig.conf` on the node; the path may be another:
#     kube-proxy's --kubeconfig names it.
package kubeassay.rules.node.kube_proxy_kubeconfig_ownership

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.owned_by_others(roles, "root")

unknown contains finding if some finding in node_file.owner_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"kube-proxy.kubeconfig"}
