package kubeassay.rules.network.network_policy_missing_test

import data.kubeassay.rules.network.network_policy_missing

namespace(name, policies, others) := {
	"name": name,
	"declared": true,
	"facts": {
		"policies": {"coverage": {"policies": policies, "others": others}},
		"namespaces": {"holdings": {"workloads": false}},
	},
}

test_without_policy_fails if {
	found := network_policy_missing.fail with input as namespace("shop", 0, [])
	{finding.path | some finding in found} == {["metadata", "name"]}
}

test_with_policy_passes if {
	count(network_policy_missing.fail) == 0 with input as namespace("shop", 1, [])
}

test_other_policies_are_unknown if {
	cilium := namespace("shop", 0, ["CiliumNetworkPolicy.cilium.io"])
	count(network_policy_missing.fail) == 0 with input as cilium
	count(network_policy_missing.unknown) == 1 with input as cilium
}

test_namespace_without_pods_does_not_apply if {
	every name in {"kube-public", "kube-system"} {
		count(network_policy_missing.fail) == 0 with input as namespace(name, 0, [])
		count(network_policy_missing.not_applicable) == 1 with input as namespace(name, 0, [])
	}
}
