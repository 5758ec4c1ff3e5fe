# METADATA
# title: Configuration of the container network does not belong to root:root
# description: >-
#   The owner of these files decides which programs the container runtime runs as root for every pod.
# scope: package
# custom:
#   id: KA-H-0010
#   severity: medium
#   over: node
#   reads: [facts.host_files.by_role]
#   tags: [control-plane]
#   remediation: >-
#     Run `chown root:root /etc/cni/net.d/*` on the node; the path may be another: the container
#     runtime's conf_dir names the folder.
package kubeassay.rules.node.cni_configuration_ownership

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.owned_by_others(roles, "root")

unknown contains finding if some finding in node_file.owner_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"cni.conf"}
