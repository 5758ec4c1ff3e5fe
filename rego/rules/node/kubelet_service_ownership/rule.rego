# METADATA
# title: Kubelet's service file does not belong to root:root
# description: >-
#   The owner of the service file decides what systemd runs as root on the node.
# scope: package
# custom:
#   id: KA-H-0023
#   severity: medium
#   over: node
#   reads: [facts.host_files.by_role]
#   remediation: >-
#     Run `chown root:root /etc/systemd/system/kubelet.service.d/10-kubeadm.conf` on the node; the path
#     may be another: `systemctl cat kubelet` shows it.
package kubeassay.rules.node.kubelet_service_ownership

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.owned_by_others(roles, "root")

unknown contains finding if some finding in node_file.owner_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"kubelet.service"}
