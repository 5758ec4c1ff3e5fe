package kubeassay.rules.network.network_policy_missing_test

import data.kubeassay.rules.network.network_policy_missing

namespace(name, policies, foreign) := {
	"name": name,
	"declared": true,
	"facts": {
		"isolation": {"namespace": {"policies": policies, "isolated": policies, "foreign": foreign}},
		"namespaces": {"holdings": {"workloads": false}},
	},
}

test_without_policy_fails if {
	found := network_policy_missing.fail with input as namespace("shop", false, [])
	{finding.path | some finding in found} == {["metadata", "name"]}
}

test_with_policy_passes if {
	count(network_policy_missing.fail) == 0 with input as namespace("shop", true, [])
}

test_foreign_policies_are_unknown if {
	cilium := namespace("shop", false, ["CiliumNetworkPolicy.cilium.io"])
	count(network_policy_missing.fail) == 0 with input as cilium
	count(network_policy_missing.unknown) == 1 with input as cilium
}

test_namespace_without_pods_does_not_apply if {
	every name in {"kube-public", "kube-system"} {
		count(network_policy_missing.fail) == 0 with input as namespace(name, false, [])
		count(network_policy_missing.not_applicable) == 1 with input as namespace(name, false, [])
	}
}
