# METADATA
# title: Kubelet's service file has permissions wider than 644
# description: Whoever changes the file decides what runs as root on the node when it starts next.
# scope: package
# custom:
#   id: KA-H-0093
#   severity: high
#   over: node
#   reads: [facts.host_files.by_role]
#   remediation: >-
#     Run `chmod go-w /etc/systemd/system/kubelet.service.d/10-kubeadm.conf` on the node; the path may be
#     another: `systemctl cat kubelet` shows it.
package kubeassay.rules.node.kubelet_service_writable

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.wider(roles, "644")

unknown contains finding if some finding in node_file.mode_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"kubelet.service"}
