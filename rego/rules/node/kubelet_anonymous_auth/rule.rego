# METADATA
# title: Kubelet answers anonymous requests
# description: >-
#   Whoever reaches the kubelet's port is served without being asked who they are; what they may do is
#   left to authorization alone.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
# custom:
#   id: KA-H-0032
#   severity: high
#   over: node
#   reads: [facts.kubelet.settings]
#   remediation: >-
#     In the kubelet's configuration file set authentication.anonymous.enabled to false, or give the
#     kubelet --anonymous-auth=false, and restart it.
package kubeassay.rules.node.kubelet_anonymous_auth

import data.kubeassay.lib.kubelet

fail contains kubelet.fault("anonymous-auth", "Anonymous requests are answered") if kubelet.value("anonymous-auth")

unknown contains finding if some finding in kubelet.unclear({"anonymous-auth"})

not_applicable contains finding if some finding in kubelet.absent
