# METADATA
# title: Kubelet never ends idle streams
# description: >-
#   Connections of exec, attach and port-forward that nobody uses stay open, to be taken over or to use up
#   the node. As in the benchmark, 0 in a configuration file fails too, though the kubelet takes it for its
#   default of four hours.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
# custom:
#   id: KA-H-0036
#   severity: low
#   over: node
#   reads: [facts.kubelet.settings]
#   remediation: >-
#     In the kubelet's configuration file set streamingConnectionIdleTimeout to a time such as 5m, or
#     give the kubelet --streaming-connection-idle-timeout=5m, and restart it.
package kubeassay.rules.node.kubelet_streaming_never_idle

import data.kubeassay.lib.kubelet

fail contains kubelet.fault("streaming-connection-idle-timeout", "Idle streams are never ended") if kubelet.value("streaming-connection-idle-timeout") <= 0

unknown contains finding if some finding in kubelet.unclear({"streaming-connection-idle-timeout"})

not_applicable contains finding if some finding in kubelet.absent
