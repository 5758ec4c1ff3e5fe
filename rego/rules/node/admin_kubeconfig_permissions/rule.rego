# METADATA
# title: Administrator's kubeconfig is open to more than its owner
# description: >-
#   The file holds a client certificate with which anybody who reads it is cluster-admin.
# scope: package
# custom:
#   id: KA-H-0013
#   severity: critical
#   over: node
#   reads: [facts.host_files.by_role]
#   tags: [control-plane]
#   remediation: >-
#     Run `chmod 600 /etc/kubernetes/admin.conf /etc/kubernetes/super-admin.conf` on the node.
package kubeassay.rules.node.admin_kubeconfig_permissions

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.wider(roles, "600")

unknown contains finding if some finding in node_file.mode_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"admin.kubeconfig", "super-admin.kubeconfig"}
