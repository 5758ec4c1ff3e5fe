# METADATA
# title: etcd's data folder does not belong to etcd:etcd
# description: >-
#   A folder that belongs to another account than etcd's own lets that account read all that the API
#   server knows, Secrets included.
# scope: package
# custom:
#   id: KA-H-0012
#   severity: high
#   over: node
#   reads: [facts.host_files.by_role]
#   tags: [control-plane]
#   remediation: >-
#     Give etcd an account of its own and run `chown -R etcd:etcd /var/lib/etcd`. kubeadm runs etcd as
#     root, for which it is root's; there, make the user and group etcd on the node, set
#     securityContext.runAsUser and runAsGroup in etcd's manifest to them, give them the certificates
#     and keys of etcd too, and then change the owner; or waive the finding.
package kubeassay.rules.node.etcd_data_ownership

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.owned_by_others(roles, "etcd")

unknown contains finding if some finding in node_file.owner_unclear(roles, roles)

unknown contains finding if some finding in node_file.nameless(roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"etcd.data"}
