# METADATA
# title: Kubelet's file of client authorities does not belong to root:root
# description: >-
#   The owner of this file decides whose certificates the kubelet takes for the API server's.
# scope: package
# custom:
#   id: KA-H-0029
#   severity: medium
#   over: node
#   reads: [facts.host_files.by_role]
#   remediation: >-
#     Run `chown root:root /etc/kubernetes/pki/ca.crt` on the node; the path may be another: the
#     kubelet's clientCAFile names it.
package kubeassay.rules.node.kubelet_client_ca_ownership

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.owned_by_others(roles, "root")

unknown contains finding if some finding in node_file.owner_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"kubelet.ca"}
