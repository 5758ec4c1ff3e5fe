# METADATA
# title: Controller manager's static Pod manifest is open to more than its owner
# description: >-
#   The manifest tells how kube-controller-manager is set up and where its keys are; whoever can write
#   it runs what they like as root on the node.
# scope: package
# custom:
#   id: KA-H-0003
#   severity: high
#   over: node
#   reads: [facts.host_files.by_role]
#   tags: [control-plane]
#   remediation: >-
#     Run `chmod 600 /etc/kubernetes/manifests/kube-controller-manager.yaml` on the node; the path may
#     be another: the kubelet's staticPodPath has the manifests.
package kubeassay.rules.node.controller_manager_manifest_permissions

import data.kubeassay.lib.node_file

fail contains finding if some finding in node_file.wider(roles, "600")

unknown contains finding if some finding in node_file.mode_unclear(roles, roles)

not_applicable contains finding if some finding in node_file.nothing(roles)

roles := {"controller-manager.manifest"}
