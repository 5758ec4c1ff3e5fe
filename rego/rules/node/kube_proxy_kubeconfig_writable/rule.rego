# METADATA
# title: kube-proxy's kubeconfig has permissions wider than 644
# description: Whoever changes the file decides which server kube-proxy obeys, and so where the node's traffic goes.
# scope: package
# custom:
#   id: KA-H-0092
#   severity: high
#   over: node
#   reads: [facts.host_files.by_role]
#   remediation: >-
#     Run `chmod go-w /var/lib/kube-proxy/kubeconfig.conf` on the node; the path may be another:
#     kube-proxy's --kubeconfig names it.
package kubeassay.rules.node.kube_proxy_kubeconfig_writable

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.wider(roles, "644")

unknown contains finding if some finding in node_file.mode_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"kube-proxy.kubeconfig"}
