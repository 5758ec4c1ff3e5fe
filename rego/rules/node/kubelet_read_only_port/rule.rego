# METADATA
# title: Kubelet serves its read-only port
# description: >-
#   Whoever reaches this port reads which pods run on the node, with their whole specifications, and is
#   never asked who they are.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
# custom:
#   id: KA-H-0035
#   severity: high
#   over: node
#   reads: [facts.kubelet.settings]
#   remediation: >-
#     In the kubelet's configuration file set readOnlyPort to 0, or give the kubelet --read-only-port=0,
#     and restart it.
package kubeassay.rules.node.kubelet_read_only_port

import data.kubeassay.lib.kubelet

fail contains kubelet.fault("read-only-port", "The port without authentication is open") if kubelet.value("read-only-port") != 0

unknown contains finding if some finding in kubelet.unclear({"read-only-port"})

not_applicable contains finding if some finding in kubelet.absent
