# METADATA
# title: Kubelet allows everything to everybody
# description: >-
#   Whom the kubelet has let in may run commands in every pod of the node and read its logs; nobody asks
#   the API server.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
# custom:
#   id: KA-H-0033
#   severity: critical
#   over: node
#   reads: [facts.kubelet.settings]
#   remediation: >-
#     In the kubelet's configuration file set authorization.mode to Webhook, or give the kubelet
#     --authorization-mode=Webhook, and restart it.
package kubeassay.rules.node.kubelet_authorization_always_allow

import data.kubeassay.lib.kubelet

fail contains kubelet.fault("authorization-mode", "Every request is allowed") if "AlwaysAllow" in split(kubelet.value("authorization-mode"), ",")

unknown contains finding if some finding in kubelet.unclear({"authorization-mode"})

not_applicable contains finding if some finding in kubelet.absent
