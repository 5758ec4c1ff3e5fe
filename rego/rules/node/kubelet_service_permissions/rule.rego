# METADATA
# title: Kubelet's service file is open to more than its owner
# description: >-
#   systemd runs as root what this file says; it also tells where the kubelet's settings and credentials
#   are.
# scope: package
# custom:
#   id: KA-H-0022
#   severity: medium
#   over: node
#   reads: [facts.host_files.by_role]
#   remediation: >-
#     Run `chmod 600 /etc/systemd/system/kubelet.service.d/10-kubeadm.conf` on the node; the path may be
#     another: `systemctl cat kubelet` shows it.
package kubeassay.rules.node.kubelet_service_permissions

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.wider(roles, "600")

unknown contains finding if some finding in node_file.mode_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"kubelet.service"}
