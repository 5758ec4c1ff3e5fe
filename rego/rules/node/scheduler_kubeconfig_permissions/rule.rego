# METADATA
# title: Scheduler's kubeconfig is open to more than its owner
# description: >-
#   The file holds the credentials with which the scheduler acts in the cluster; whoever reads it can
#   act in its place.
# scope: package
# custom:
#   id: KA-H-0015
#   severity: high
#   over: node
#   reads: [facts.host_files.by_role]
#   tags: [control-plane]
#   remediation: >-
#     Run `chmod 600 /etc/kubernetes/scheduler.conf` on the node.
package kubeassay.rules.node.scheduler_kubeconfig_permissions

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.wider(roles, "600")

unknown contains finding if some finding in node_file.mode_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"scheduler.kubeconfig"}
