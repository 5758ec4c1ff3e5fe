# METADATA
# title: The internet reaches the workload
# description: >-
#   A Service, an Ingress or a route leads from outside to the pods, and network policies let it through, so
#   every fault of theirs can be tried by everyone.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/ingress/
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/
# custom:
#   id: KA-N-0110
#   severity: high
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
#     If it need not be public, take the way in away: type ClusterIP for the Service, or an internal load balancer,
#     or loadBalancerSourceRanges. If it must, let a policy allow the ingress controller and the port alone, such as
#     `ingress: [{from: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name: ingress-nginx}}}], ports:
#     [{port: 8080}]}]`, and list the workload in this rule's parameter `workloads`.
#   parameters:
#     workloads:
#       default: []
#       description: >-
#         Workloads that are meant for the internet, as `namespace/name`; a `*` at the end stands for anything.
#     ports:
#       default: []
#       description: Ports of pods that the internet may reach, such as `TCP 8443`.
package kubeassay.rules.network.reachable_from_internet

import data.kubeassay.lib.exemption
import data.kubeassay.lib.exposure
import data.kubeassay.lib.isolation

parameters := data.scan.parameters["network.reachable_from_internet"]

# what the other rule, if it is asked, takes for critical
critical := object.get(data.scan.parameters, "network.critical_workload_reachable_from_internet", {"critical": [], "labels": []})

fail contains finding if {
	isolation.certain("ingress", "closes")
	open := input.facts.exposure.from_internet.open
	not open.is_proxy
	not exempt(open)
	count(exposure.reasons(open, critical)) == 0
	place := exposure.place(open)
	message := sprintf("The internet reaches %s through %s; %s", [open.ports, open.ways, place.words])
	finding := exposure.fault(message, place)
}

unknown contains finding if {
	count(exposure.powers) == 0
	some finding in exposure.unclear
}

not_applicable contains finding if {
	input.facts.isolation.network == "none"
	some finding in isolation.no_network
}

not_applicable contains finding if {
	input.facts.exposure.from_internet.open.is_proxy
	count(exposure.powers) == 0
	finding := {"message": "It is a controller of Ingresses or routes, which is there to be reached", "path": []}
}

exempt(open) if exemption.listed(parameters.workloads, open.workload)

exempt(open) if exemption.ports_listed(parameters.ports, open.ranges)
