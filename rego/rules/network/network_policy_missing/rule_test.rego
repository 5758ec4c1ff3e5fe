package kubeassay.rules.network.network_policy_missing_test

import data.kubeassay.rules.network.network_policy_missing

doubt := {
	"reason": "what CiliumNetworkPolicy/shop/a does is not worked out",
	"opens": true,
	"closes": true,
	"at": {"kind": "CiliumNetworkPolicy.cilium.io", "namespace": "shop", "name": "a"},
}

namespace(name, policies, doubts) := {
	"name": name,
	"declared": true,
	"facts": {
		"isolation": {
			"namespace": {"policies": policies, "isolated": false},
			"doubts": {"ingress": [], "egress": doubts},
		},
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

test_isolated_by_other_policies_passes if {
	patch := [{"op": "replace", "path": "/facts/isolation/namespace/isolated", "value": true}]
	count(network_policy_missing.fail) == 0 with input as json.patch(namespace("shop", false, []), patch)
}

test_doubt_is_unknown if {
	count(network_policy_missing.fail) == 0 with input as namespace("shop", false, [doubt])
	count(network_policy_missing.unknown) == 1 with input as namespace("shop", false, [doubt])
}

test_namespace_without_pods_does_not_apply if {
	every name in {"kube-public", "kube-system"} {
		count(network_policy_missing.fail) == 0 with input as namespace(name, false, [])
		count(network_policy_missing.not_applicable) == 1 with input as namespace(name, false, [])
	}
}
