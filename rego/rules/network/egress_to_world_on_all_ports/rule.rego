# METADATA
# title: Network policies let pods connect to the whole internet on nearly all ports
# description: >-
#   Whoever takes over a pod can load tools, send data out and take orders on whatever port suits. The policies
#   limit where the pods connect to, and a rule opens the internet all the same.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/#allow-all-egress-traffic
# custom:
#   id: KA-N-0114
#   severity: medium
#   over: workload
#   snapshot_only: true
#   reads:
#     - facts.isolation.network
#     - facts.isolation.isolated
#     - facts.isolation.doubts
#     - facts.reachability.to_world
#   remediation: >-
#     Give the rule the ports that are needed, such as `ports: [{port: 443}]`, and the blocks of addresses if
#     they are known; or send the pods through a proxy and allow that alone.
#   parameters:
#     most:
#       default: 1000
#       description: On more ports than these (of one protocol) the internet must not be open.
#     workloads:
#       default: []
#       description: >-
#         Workloads that may connect to everything, as `namespace/name`; a `*` at the end stands for anything.
package kubeassay.rules.network.egress_to_world_on_all_ports

import data.kubeassay.lib.exemption
import data.kubeassay.lib.isolation

parameters := data.scan.parameters["network.egress_to_world_on_all_ports"]

fail contains finding if {
	isolation.certain("egress", "closes")
	some opening in openings
	finding := {
		"message": sprintf("The pods can connect to the whole internet on %s: %s lets them", [opening.ports, opening.rule]),
		"path": opening.at.path,
		"at": opening.at,
		"key": opening.ports,
	}
}

unknown contains finding if {
	isolation.own_network
	seems_open
	some finding in isolation.unclear("egress", "closes", question)
}

unknown contains finding if {
	isolation.own_network
	not seems_open
	some finding in isolation.unclear("egress", "opens", question)
}

seems_open if count(openings) > 0

seems_open if not input.facts.isolation.isolated.egress

question := "Whether the pods can connect to the whole internet on nearly all ports"

not_applicable contains finding if some finding in isolation.beside_the_point("egress")

not_applicable contains finding if {
	isolation.own_network
	count(openings) == 0
	some opening in input.facts.reachability.to_world.rules
	opening.whole
	message := sprintf("%s opens all ports, which is a fault of its own", [opening.rule])
	finding := {"message": message, "path": []}
}

openings contains opening if {
	input.facts.reachability.to_world.count > parameters.most
	some opening in input.facts.reachability.to_world.rules
	not opening.whole # the policy itself is at fault
	not exempt(opening)
}

exempt(opening) if exemption.listed(parameters.workloads, opening.workload)
