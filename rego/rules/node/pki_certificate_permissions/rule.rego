# METADATA
# title: Kubernetes' certificate can be written by more than its owner
# description: >-
#   Whoever can write a certificate of an authority decides whom the components trust.
# scope: package
# custom:
#   id: KA-H-0020
#   severity: medium
#   over: node
#   reads: [facts.host_files.by_role]
#   tags: [control-plane]
#   remediation: >-
#     Run `chmod 644 /etc/kubernetes/pki/*.crt /etc/kubernetes/pki/etcd/*.crt`.
package kubeassay.rules.node.pki_certificate_permissions

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.wider(roles, "644")

unknown contains finding if some finding in node_file.mode_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"pki.cert"}
