# METADATA
# title: Administrator's kubeconfig does not belong to root:root
# description: >-
#   Its owner can read the client certificate in it, with which anybody is cluster-admin.
# scope: package
# custom:
#   id: KA-H-0014
#   severity: critical
#   over: node
#   reads: [facts.host_files.by_role]
#   tags: [control-plane]
#   remediation: >-
#     Run `chown root:root /etc/kubernetes/admin.conf /etc/kubernetes/super-admin.conf` on the node.
package kubeassay.rules.node.admin_kubeconfig_ownership

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.owned_by_others(roles, "root")

unknown contains finding if some finding in node_file.owner_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"admin.kubeconfig", "super-admin.kubeconfig"}
