package kubeassay.rules.network.workload_egress_not_isolated_test

import data.kubeassay.rules.network.workload_egress_not_isolated

workload(isolated, policies, foreign, refused) := {"facts": {"isolation": {
	"network": "own",
	"isolated": {"egress": isolated},
	"refused": {"egress": refused},
	"namespace": {"policies": policies, "isolated": false, "foreign": foreign},
}}}

test_not_isolated_fails if {
	found := workload_egress_not_isolated.fail with input as workload(false, true, [], [])
	{finding.path | some finding in found} == {["metadata", "labels"]}
}

test_isolated_passes if {
	every outcome in [workload_egress_not_isolated.fail, workload_egress_not_isolated.unknown] {
		count(outcome) == 0
	} with input as workload(true, true, ["CiliumNetworkPolicy.cilium.io"], [])
}

test_foreign_policies_are_unknown if {
	given := workload(false, true, ["CiliumNetworkPolicy.cilium.io"], [])
	count(workload_egress_not_isolated.fail) == 0 with input as given
	count(workload_egress_not_isolated.unknown) == 1 with input as given
}

test_refused_policy_is_unknown if {
	every isolated in [true, false] {
		given := workload(isolated, true, [], ["NetworkPolicy/shop/api"])
		count(workload_egress_not_isolated.fail) == 0 with input as given
		count(workload_egress_not_isolated.unknown) == 1 with input as given
	}
}

test_namespace_without_policies_does_not_apply if {
	given := workload(false, false, [], [])
	count(workload_egress_not_isolated.fail) == 0 with input as given
	count(workload_egress_not_isolated.not_applicable) == 1 with input as given
}

test_other_networks_do_not_apply if {
	every network in ["host", "none"] {
		patch := [{"op": "replace", "path": "/facts/isolation/network", "value": network}]
		given := json.patch(workload(false, true, [], []), patch)
		count(workload_egress_not_isolated.fail) == 0 with input as given
		count(workload_egress_not_isolated.not_applicable) == 1 with input as given
	}
}
