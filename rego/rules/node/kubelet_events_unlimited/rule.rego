# METADATA
# title: Kubelet reports events without a limit
# description: >-
#   A pod that fails again and again floods the API server with events, until others are lost.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
# custom:
#   id: KA-H-0039
#   severity: low
#   over: node
#   reads: [facts.kubelet.settings]
#   remediation: >-
#     In the kubelet's configuration file set eventRecordQPS to a rate that suits the node, such as the
#     default 50, or give the kubelet --event-qps, and restart it.
package kubeassay.rules.node.kubelet_events_unlimited

import data.kubeassay.lib.kubelet

fail contains kubelet.fault("event-qps", "Events are not limited") if kubelet.value("event-qps") <= 0

unknown contains finding if some finding in kubelet.unclear({"event-qps"})

not_applicable contains finding if some finding in kubelet.absent
