# METADATA
# title: Scheduler's kubeconfig does not belong to root:root
# description: >-
#   Its owner can read and exchange the credentials with which the scheduler acts in the cluster.
# scope: package
# custom:
#   id: KA-H-0016
#   severity: high
#   over: node
#   reads: [facts.host_files.by_role]
#   tags: [control-plane]
#   remediation: >-
#     Run `chown root:root /etc/kubernetes/scheduler.conf` on the node.
package kubeassay.rules.node.scheduler_kubeconfig_ownership

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.owned_by_others(roles, "root")

unknown contains finding if some finding in node_file.owner_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"scheduler.kubeconfig"}
