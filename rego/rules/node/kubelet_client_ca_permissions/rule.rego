# METADATA
# title: Kubelet's file of client authorities can be written by more than its owner
# description: >-
#   Whoever can write this file decides whose certificates the kubelet takes for the API server's.
# scope: package
# custom:
#   id: KA-H-0028
#   severity: medium
#   over: node
#   reads: [facts.host_files.by_role]
#   remediation: >-
#     Run `chmod 644 /etc/kubernetes/pki/ca.crt` on the node; the path may be another: the kubelet's
#     clientCAFile names it.
package kubeassay.rules.node.kubelet_client_ca_permissions

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.wider(roles, "644")

unknown contains finding if some finding in node_file.mode_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"kubelet.ca"}
