# METADATA
# title: Pods of all namespaces may connect to the workload
# description: >-
#   The workload is isolated, but a rule lets in pods of namespaces that nobody had in mind: those of other
#   teams, and of programs yet to come.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/#behavior-of-to-and-from-selectors
# custom:
#   id: KA-N-0112
#   severity: medium
#   over: workload
#   snapshot_only: true
#   reads:
#     - facts.isolation.network
#     - facts.isolation.isolated
#     - facts.isolation.doubts
#     - facts.reachability.from_all_namespaces
#   remediation: >-
#     Let the rule's `from` name the namespaces that need to connect, such as `namespaceSelector: {matchLabels:
#     {kubernetes.io/metadata.name: ingress-nginx}}`, or leave the namespaceSelector out for the policy's own.
#   parameters:
#     workloads:
#       default: []
#       description: >-
#         Workloads that are there for all namespaces, as `namespace/name`; a `*` at the end stands for anything.
#     ports:
#       default: []
#       description: Ports that may be open to all namespaces, such as `TCP 9090`.
package kubeassay.rules.network.reachable_from_all_namespaces

import data.kubeassay.lib.exemption
import data.kubeassay.lib.isolation

parameters := data.scan.parameters["network.reachable_from_all_namespaces"]

fail contains finding if {
	isolation.certain("ingress", "closes")
	some opening in openings
	finding := {
		"message": sprintf("Pods of namespaces that no rule names may connect to %s: %s lets them", [opening.ports, opening.rule]),
		"path": opening.at.path,
		"at": opening.at,
		"key": opening.ports,
	}
}

unknown contains finding if {
	isolation.own_network
	seems_open
	some finding in isolation.unclear("ingress", "closes", question)
}

unknown contains finding if {
	isolation.own_network
	not seems_open
	some finding in isolation.unclear("ingress", "opens", question)
}

seems_open if count(openings) > 0

seems_open if not input.facts.isolation.isolated.ingress

question := "Whether pods of all namespaces may connect to these"

not_applicable contains finding if some finding in isolation.beside_the_point("ingress")

not_applicable contains finding if {
	isolation.own_network
	count(openings) == 0
	some opening in input.facts.reachability.from_all_namespaces
	opening.whole
	message := sprintf("%s opens all ports, which is a fault of its own", [opening.rule])
	finding := {"message": message, "path": []}
}

openings contains opening if {
	some opening in input.facts.reachability.from_all_namespaces
	not opening.whole # the policy itself is at fault
	not exempt(opening)
}

exempt(opening) if exemption.listed(parameters.workloads, opening.workload)

exempt(opening) if exemption.ports_listed(parameters.ports, opening.ranges)
