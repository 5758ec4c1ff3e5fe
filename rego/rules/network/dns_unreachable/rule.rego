# METADATA
# title: Network policies keep pods from looking up names
# description: >-
#   The pods may connect to others, and not to the cluster's DNS, so names of Services and of hosts outside mean
#   nothing to them. Answers that do not fit into UDP come by TCP, so both are needed.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/dns-pod-service/
# custom:
#   id: KA-N-0115
#   severity: medium
#   over: workload
#   snapshot_only: true
#   reads:
#     - spec.dnsPolicy
#     - facts.isolation.network
#     - facts.isolation.isolated
#     - facts.isolation.doubts
#     - facts.dns.lookups
#   remediation: >-
#     Add to the policy `egress: [{to: [{namespaceSelector: {matchLabels: {kubernetes.io/metadata.name:
#     kube-system}}, podSelector: {matchLabels: {k8s-app: kube-dns}}}], ports: [{port: 53, protocol: UDP}, {port:
#     53, protocol: TCP}]}]`, with the namespace and labels of the cluster's DNS.
package kubeassay.rules.network.dns_unreachable

import data.kubeassay.lib.isolation

fail contains finding if {
	isolation.certain("egress", "opens")
	protocols := closed("no")
	count(protocols) > 0
	finding := {
		"message": sprintf("The pods cannot ask the cluster's DNS over %s: %s limits where they connect to, and no rule allows it", [concat(" and ", protocols), lookups.policy]),
		"path": lookups.at.path,
		"at": lookups.at,
		"key": concat(" ", protocols),
	}
}

unknown contains finding if {
	count(closed("no")) > 0
	some finding in isolation.unclear("egress", "opens", question)
}

unknown contains finding if {
	isolation.own_network
	not elsewhere
	count(closed("no")) == 0
	some finding in isolation.unclear("egress", "closes", question)
}

unknown contains finding if {
	isolation.certain("egress", "closes")
	count(closed("no")) == 0
	protocols := closed("unknown")
	count(protocols) > 0
	finding := {
		"message": sprintf("The pods ask the cluster's DNS over %s only if it is among the addresses that the rules open: name its pods in a rule", [concat(" and ", protocols)]),
		"path": lookups.at.path,
		"at": lookups.at,
		"key": concat(" ", protocols),
	}
}

not_applicable contains finding if some finding in isolation.no_network

not_applicable contains finding if {
	isolation.own_network
	isolation.certain("egress", "closes")
	not input.facts.dns.lookups
	finding := {"message": "No policy limits where the pods connect to, or none lets them connect to anything with a name", "path": []}
}

not_applicable contains finding if {
	elsewhere
	finding := {"message": "The pods do not use the cluster's DNS", "path": ["spec", "dnsPolicy"]}
}

lookups := input.facts.dns.lookups if {
	isolation.own_network
	not elsewhere
}

elsewhere if input.spec.dnsPolicy in {"None", "Default"}

question := "Whether the pods can ask the cluster's DNS"

closed(answer) := [protocol | some protocol in ["UDP", "TCP"]; lookups[protocol] == answer]
