# METADATA
# title: etcd's data folder does not belong to root:root
# description: >-
#   Where etcd runs as root, as within k3s, any other owner can read and exchange all that the API server
#   knows, Secrets included.
# scope: package
# custom:
#   id: KA-H-0049
#   severity: high
#   over: node
#   reads: [facts.host_files.by_role]
#   tags: [control-plane]
#   remediation: >-
#     Run `chown -R root:root /var/lib/rancher/k3s/server/db/etcd` on the node.
package kubeassay.rules.node.etcd_data_not_root

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.owned_by_others(roles, "root")

unknown contains finding if some finding in node_file.owner_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"etcd.data"}
