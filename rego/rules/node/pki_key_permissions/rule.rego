# METADATA
# title: Kubernetes' private key is open to more than its owner
# description: >-
#   With the private key of a component or an authority anybody can pose as any part or user of the
#   cluster.
# scope: package
# custom:
#   id: KA-H-0021
#   severity: critical
#   over: node
#   reads: [facts.host_files.by_role]
#   tags: [control-plane]
#   remediation: >-
#     Run `chmod 600 /etc/kubernetes/pki/*.key /etc/kubernetes/pki/etcd/*.key`.
package kubeassay.rules.node.pki_key_permissions

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.wider(roles, "600")

unknown contains finding if some finding in node_file.mode_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"pki.key"}
