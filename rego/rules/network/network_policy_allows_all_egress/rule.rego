# METADATA
# title: NetworkPolicy lets pods connect everywhere
# description: >-
#   Whoever takes over a pod can load tools, send data out and ask the cloud's metadata service for
#   credentials.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/services-networking/network-policies/#allow-all-egress-traffic
#   - ref: https://network-policy-api.sigs.k8s.io/api-overview/
# custom:
#   id: KA-N-0034
#   severity: medium
#   over: object
#   kinds:
#     - NetworkPolicy.networking.k8s.io
#     - AdminNetworkPolicy.policy.networking.k8s.io
#     - BaselineAdminNetworkPolicy.policy.networking.k8s.io
#     - ClusterNetworkPolicy.policy.networking.k8s.io
#   reads: [spec.policyTypes, spec.egress]
#   remediation: Name the peers that the pods need, or at least the ports.
package kubeassay.rules.network.network_policy_allows_all_egress

import data.kubeassay.lib.network_policy

fail contains finding if {
	network_policy.isolates("egress")
	some i, rule in input.spec.egress
	network_policy.all_ports(rule)
	network_policy.all_peers(rule, "to")
	finding := {
		"message": "The rule allows egress to everywhere on all ports",
		"path": ["spec", "egress", i],
	}
}

fail contains finding if {
	network_policy.isolates("egress")
	some i, rule in input.spec.egress
	network_policy.all_ports(rule)
	some j, peer in rule.to
	network_policy.any_address(peer)
	finding := {
		"message": "The rule allows egress to {value} on all ports",
		"path": ["spec", "egress", i, "to", j, "ipBlock", "cidr"],
	}
}

fail contains finding if {
	some i, rule in input.spec.egress
	network_policy.admin_allows(rule)
	network_policy.all_ports(rule)
	some j, peer in rule.to
	some k, network in peer.networks
	network in network_policy.everywhere
	finding := {
		"message": "The rule allows egress to {value} on all ports",
		"path": ["spec", "egress", i, "to", j, "networks", k],
	}
}
