package kubeassay.rules.network.workload_egress_not_isolated_test

import data.kubeassay.rules.network.workload_egress_not_isolated

workload(egress, policies, others) := {"facts": {"policies": {
	"isolated": {"ingress": true, "egress": egress},
	"coverage": {"policies": policies, "others": others},
}}}

test_not_selected_fails if {
	found := workload_egress_not_isolated.fail with input as workload(false, 1, [])
	{finding.path | some finding in found} == {["metadata", "labels"]}
}

test_selected_passes if {
	count(workload_egress_not_isolated.fail) == 0 with input as workload(true, 1, [])
}

test_other_policies_are_unknown if {
	count(workload_egress_not_isolated.unknown) == 1 with input as workload(false, 1, ["CiliumNetworkPolicy.cilium.io"])
}

test_namespace_without_policies_does_not_apply if {
	count(workload_egress_not_isolated.fail) == 0 with input as workload(false, 0, [])
	count(workload_egress_not_isolated.not_applicable) == 1 with input as workload(false, 0, [])
}

test_host_network_does_not_apply if {
	pod := object.union(workload(false, 1, []), {"spec": {"hostNetwork": true}})
	count(workload_egress_not_isolated.not_applicable) == 1 with input as pod
}
