# METADATA
# title: Kubernetes' certificate is open to more than its owner
# description: >-
#   Certificates are no secrets, but they name the hosts, components and people of the cluster; distributions
#   that keep them for their own processes alone need nobody else to read them.
# scope: package
# custom:
#   id: KA-H-0047
#   severity: low
#   over: node
#   reads: [facts.host_files.by_role]
#   tags: [control-plane]
#   remediation: >-
#     Run `chmod 600 /etc/kubernetes/pki/*.crt /etc/kubernetes/pki/etcd/*.crt`.
package kubeassay.rules.node.pki_certificate_readable

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.wider(roles, "600")

unknown contains finding if some finding in node_file.mode_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"pki.cert"}
