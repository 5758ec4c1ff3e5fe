# METADATA
# title: NetworkPolicy lets everyone connect to every port
# description: The rule undoes the isolation that the policy is there for, whatever its other rules say.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/#allow-all-ingress-traffic
# custom:
#   id: KA-N-0033
#   severity: medium
#   over: object
#   kinds: [NetworkPolicy.networking.k8s.io]
#   reads: [spec.policyTypes, spec.ingress]
#   remediation: Name the peers that need to connect, or at least the ports.
package kubeassay.rules.network.network_policy_allows_all_ingress

import data.kubeassay.lib.network_policy

fail contains finding if {
	network_policy.isolates("ingress")
	some i, rule in input.spec.ingress
	network_policy.all_ports(rule)
	network_policy.all_peers(rule, "from")
	finding := {
		"message": "The rule allows ingress from everywhere to all ports",
		"path": ["spec", "ingress", i],
	}
}

fail contains finding if {
	network_policy.isolates("ingress")
	some i, rule in input.spec.ingress
	network_policy.all_ports(rule)
	some j, peer in rule.from
	network_policy.any_address(peer)
	finding := {
		"message": "The rule allows ingress from {value} to all ports",
		"path": ["spec", "ingress", i, "from", j, "ipBlock", "cidr"],
	}
}
