# METADATA
# title: NetworkPolicy lets everyone connect to every port
# description: >-
#   The rule undoes the isolation that the policy is there for, whatever its other rules say; as a rule of
#   administrators that of all NetworkPolicies.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/#allow-all-ingress-traffic
#   - ref: https://network-policy-api.sigs.k8s.io/api-overview/
# custom:
#   id: KA-N-0033
#   severity: medium
#   over: object
#   kinds:
#     - NetworkPolicy.networking.k8s.io
#     - AdminNetworkPolicy.policy.networking.k8s.io
#     - ClusterNetworkPolicy.policy.networking.k8s.io
#   reads: [spec.policyTypes, spec.ingress, spec.tier]
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

fail contains finding if {
	not network_policy.is_baseline
	some i, rule in input.spec.ingress
	network_policy.admin_allows(rule)
	network_policy.all_ports(rule)
	some j, peer in rule.from
	network_policy.all_pods(peer)
	finding := {
		"message": "The rule allows ingress from all pods to all ports, whatever NetworkPolicies say",
		"path": ["spec", "ingress", i, "from", j],
	}
}
