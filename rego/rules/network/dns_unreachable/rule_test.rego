package kubeassay.rules.network.dns_unreachable_test

import data.kubeassay.rules.network.dns_unreachable

doubt := {
	"reason": "what CiliumNetworkPolicy/shop/a does is not worked out",
	"opens": true,
	"closes": true,
	"at": {"kind": "CiliumNetworkPolicy.cilium.io", "namespace": "shop", "name": "a"},
}

at := {"kind": "NetworkPolicy.networking.k8s.io", "namespace": "shop", "name": "deny", "path": ["spec", "policyTypes"]}

workload(udp, tcp, doubts) := {"facts": {
	"isolation": {
		"network": "own",
		"isolated": {"egress": true},
		"doubts": {"egress": doubts},
	},
	"dns": {"lookups": {"UDP": udp, "TCP": tcp, "policy": "NetworkPolicy/shop/deny", "at": at}},
}}

test_closed_fails_at_the_policy if {
	found := dns_unreachable.fail with input as workload("no", "no", [])
	{finding.at | some finding in found} == {at}
}

test_one_protocol_is_not_enough if {
	some finding in dns_unreachable.fail with input as workload("yes", "no", [])
	contains(finding.message, "over TCP:")
}

test_open_passes if {
	count(dns_unreachable.fail) == 0 with input as workload("yes", "yes", [])
	count(dns_unreachable.unknown) == 0 with input as workload("yes", "yes", [])
}

test_addresses_are_unknown if {
	count(dns_unreachable.fail) == 0 with input as workload("unknown", "unknown", [])
	count(dns_unreachable.unknown) == 1 with input as workload("unknown", "unknown", [])
}

test_refused_policy_is_unknown if {
	given := workload("no", "no", [doubt])
	count(dns_unreachable.fail) == 0 with input as given
	count(dns_unreachable.unknown) == 1 with input as given
}

test_other_dns_does_not_apply if {
	given := object.union(workload("no", "no", []), {"spec": {"dnsPolicy": "None"}})
	count(dns_unreachable.fail) == 0 with input as given
	count(dns_unreachable.not_applicable) == 1 with input as given
}

test_unlimited_egress_does_not_apply if {
	given := json.remove(workload("no", "no", []), ["/facts/dns"])
	count(dns_unreachable.not_applicable) == 1 with input as given
}
