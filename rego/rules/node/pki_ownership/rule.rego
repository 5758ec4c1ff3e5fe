# METADATA
# title: Kubernetes' certificates and keys do not belong to root:root
# description: >-
#   Whoever owns the folder or a file in it can exchange the authorities that every part of the cluster
#   trusts.
# scope: package
# custom:
#   id: KA-H-0019
#   severity: high
#   over: node
#   reads: [facts.host_files.by_role]
#   tags: [control-plane]
#   remediation: >-
#     Run `chown -R root:root /etc/kubernetes/pki`.
package kubeassay.rules.node.pki_ownership

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.owned_by_others(roles, "root")

unknown contains finding if some finding in node_file.owner_unclear(roles, looked)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"pki.dir", "pki.cert", "pki.key", "pki.file"}

# whoever lists the folder has seen what is in it
looked := {"pki.dir"} | {role |
	node_file.count_of({"pki.cert", "pki.key"}) == 0
	some role in {"pki.cert", "pki.key"}
}
