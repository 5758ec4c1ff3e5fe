# METADATA
# title: API server's static Pod manifest does not belong to root:root
# description: >-
#   The owner of the manifest decides what the kubelet runs in kube-apiserver's place, as root on the
#   node.
# scope: package
# custom:
#   id: KA-H-0002
#   severity: high
#   over: node
#   reads: [facts.host_files.by_role]
#   tags: [control-plane]
#   remediation: >-
#     Run `chown root:root /etc/kubernetes/manifests/kube-apiserver.yaml` on the node; the path may be
#     another: the kubelet's staticPodPath has the manifests.
package kubeassay.rules.node.api_server_manifest_ownership

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.owned_by_others(roles, "root")

unknown contains finding if some finding in node_file.owner_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"apiserver.manifest"}
