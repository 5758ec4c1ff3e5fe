# METADATA
# title: etcd's data folder is open to more than its owner
# description: >-
#   etcd holds everything that the API server knows, Secrets included; whoever reads its files needs no
#   permission in Kubernetes.
# scope: package
# custom:
#   id: KA-H-0011
#   severity: high
#   over: node
#   reads: [facts.host_files.by_role]
#   tags: [control-plane]
#   remediation: >-
#     Run `chmod 700 /var/lib/etcd` on the node; the path may be another: etcd's --data-dir names it.
package kubeassay.rules.node.etcd_data_permissions

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.wider(roles, "700")

unknown contains finding if some finding in node_file.mode_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"etcd.data"}
