# METADATA
# title: The internet reaches a workload that must not fall
# description: >-
#   From outside a way leads to pods that hold more than themselves: a break-in takes the node that they run on,
#   or what is listed as critical.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/ingress/
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/
# custom:
#   id: KA-N-0111
#   severity: critical
#   over: workload
#   snapshot_only: true
#   reads:
#     - containers.securityContext.privileged
#     - containers.securityContext.capabilities
#     - spec.hostPID
#     - spec.volumes.hostPath
#     - facts.isolation.network
#     - facts.isolation.doubts
#     - facts.exposure.from_internet
#   remediation: >-
#     Take the way in away, or put a small workload without such powers in front and let a policy allow that one
#     alone: `ingress: [{from: [{podSelector: {matchLabels: {app: gateway}}}], ports: [{port: 8080}]}]`. Take away
#     what gives the pods power over the node.
#   parameters:
#     workloads:
#       default: []
#       description: >-
#         Workloads that are meant for the internet, as `namespace/name`; a `*` at the end stands for anything.
#     ports:
#       default: []
#       description: Ports of pods that the internet may reach, such as `TCP 8443`.
#     critical:
#       default: []
#       description: Critical workloads, as `namespace/name`; a `*` at the end stands for anything.
#     labels:
#       default: []
#       description: Labels of the pods of critical workloads, as `key=value`.
package kubeassay.rules.network.critical_workload_reachable_from_internet

import data.kubeassay.lib.exemption
import data.kubeassay.lib.exposure
import data.kubeassay.lib.isolation

parameters := data.scan.parameters["network.critical_workload_reachable_from_internet"]

fail contains finding if {
	isolation.certain("ingress", "closes")
	open := input.facts.exposure.from_internet.open
	not exempt(open)
	reasons := sort(exposure.reasons(open, parameters))
	count(reasons) > 0
	place := exposure.place(open)
	message := sprintf("The internet reaches %s through %s, and %s; %s", [open.ports, open.ways, reasons[0], place.words])
	finding := exposure.fault(message, place)
}

unknown contains finding if {
	count(exposure.powers) > 0
	some finding in exposure.unclear
}

not_applicable contains finding if {
	input.facts.isolation.network == "none"
	some finding in isolation.no_network
}

exempt(open) if exemption.listed(parameters.workloads, open.workload)

exempt(open) if exemption.ports_listed(parameters.ports, open.ranges)
