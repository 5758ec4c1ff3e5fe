package kubeassay.rules.network.workload_not_isolated_test

import data.kubeassay.rules.network.workload_not_isolated

doubt := {
	"reason": "what CiliumNetworkPolicy/shop/a does is not worked out",
	"opens": true,
	"closes": true,
	"at": {"kind": "CiliumNetworkPolicy.cilium.io", "namespace": "shop", "name": "a"},
}

workload(isolated, policies, doubts) := {"facts": {"isolation": {
	"network": "own",
	"isolated": {"ingress": isolated},
	"doubts": {"ingress": doubts},
	"namespace": {"policies": policies, "isolated": false, "open": []},
}}}

test_not_isolated_fails if {
	found := workload_not_isolated.fail with input as workload(false, true, [])
	{finding.path | some finding in found} == {["metadata", "labels"]}
}

test_isolated_passes_whatever_else_there_is if {
	count(workload_not_isolated.fail) == 0 with input as workload(true, true, [doubt])
	count(workload_not_isolated.unknown) == 0 with input as workload(true, true, [doubt])
}

test_doubt_is_unknown_at_its_policy if {
	given := workload(false, true, [doubt])
	count(workload_not_isolated.fail) == 0 with input as given
	found := workload_not_isolated.unknown with input as given
	{finding.at.name | some finding in found} == {"a"}
}

test_namespace_without_policies_does_not_apply if {
	given := workload(false, false, [])
	count(workload_not_isolated.fail) == 0 with input as given
	count(workload_not_isolated.not_applicable) == 1 with input as given
}

test_other_networks_do_not_apply if {
	every network in ["host", "none"] {
		patch := [{"op": "replace", "path": "/facts/isolation/network", "value": network}]
		given := json.patch(workload(false, true, []), patch)
		count(workload_not_isolated.fail) == 0 with input as given
		count(workload_not_isolated.not_applicable) == 1 with input as given
	}
}

test_whole_namespace_is_one_fault if {
	at := {"kind": "Namespace", "namespace": "", "name": "shop"}
	patch := [{"op": "replace", "path": "/facts/isolation/namespace", "value": {
		"policies": true,
		"isolated": false,
		"open": ["ingress"],
		"at": at,
	}}]
	some finding in workload_not_isolated.fail with input as json.patch(workload(false, true, []), patch)
	finding.at == at
}
