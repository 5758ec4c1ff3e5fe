# METADATA
# title: Kubelet drops events
# description: >-
#   Events beyond this rate are lost, and with them what they tell of an attack or a failure. 0 means no limit.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/config-api/kubelet-config.v1beta1/
# custom:
#   id: KA-H-0050
#   severity: low
#   over: node
#   reads: [facts.kubelet.settings]
#   parameters:
#     minimum: {default: 5, description: The lowest rate of events a second that does not fail.}
#   remediation: >-
#     In the kubelet's configuration file set eventRecordQPS to a rate that suits the node, such as the default
#     50, or give the kubelet --event-qps, and restart it.
package kubeassay.rules.node.kubelet_events_dropped

import data.kubeassay.lib.kubelet

fail contains kubelet.fault("event-qps", sprintf("Fewer than %v events a second are kept", [minimum])) if {
	kubelet.value("event-qps") > 0
	kubelet.value("event-qps") < minimum
}

unknown contains finding if some finding in kubelet.unclear({"event-qps"})

not_applicable contains finding if some finding in kubelet.absent

minimum := data.scan.parameters["node.kubelet_events_dropped"].minimum
