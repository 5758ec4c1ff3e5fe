# METADATA
# title: Network policies let pods ask the cloud's metadata service
# description: >-
#   At 169.254.169.254 (on AWS also fd00:ec2::254) a cloud gives the credentials of the node to whoever asks, so
#   code that runs in the pod can act as the node in the cloud's account. The policies limit where the pods
#   connect to, and leave this open.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/security-checklist/#network-security
# custom:
#   id: KA-N-0113
#   severity: high
#   over: workload
#   snapshot_only: true
#   reads:
#     - facts.isolation.network
#     - facts.isolation.isolated
#     - facts.isolation.doubts
#     - facts.reachability.to_metadata_service
#   remediation: >-
#     Take the addresses out of the rule's block: `ipBlock: {cidr: 0.0.0.0/0, except: [169.254.0.0/16]}` and, for
#     IPv6, `ipBlock: {cidr: "::/0", except: ["fd00:ec2::254/128"]}`; give a rule without `to` such blocks, and
#     the selectors of the pods that are needed. For the whole cluster an AdminNetworkPolicy can close them: `egress:
#     [{action: Deny, to: [{networks: [169.254.169.254/32, "fd00:ec2::254/128"]}]}]`. Let pods get credentials of their own by workload identity.
#   parameters:
#     workloads:
#       default: []
#       description: >-
#         Workloads that need the metadata service, as `namespace/name`; a `*` at the end stands for anything,
#         and alone for a cluster that is in no cloud.
package kubeassay.rules.network.egress_to_metadata_service

import data.kubeassay.lib.exemption
import data.kubeassay.lib.isolation

parameters := data.scan.parameters["network.egress_to_metadata_service"]

fail contains finding if {
	isolation.certain("egress", "closes")
	some opening in openings
	finding := {
		"message": sprintf("The pods can ask the cloud's metadata service: %s lets them", [opening.rule]),
		"path": opening.at.path,
		"at": opening.at,
		"key": "metadata",
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

question := "Whether the pods can ask the cloud's metadata service"

not_applicable contains finding if some finding in isolation.beside_the_point("egress")

openings contains opening if {
	some opening in input.facts.reachability.to_metadata_service
	not exempt(opening)
}

exempt(opening) if exemption.listed(parameters.workloads, opening.workload)
