package kubeassay.rules.network.reachable_from_all_namespaces_test

import data.kubeassay.rules.network.reachable_from_all_namespaces

doubt := {
	"reason": "what CiliumNetworkPolicy/shop/a does is not worked out",
	"opens": true,
	"closes": true,
	"at": {"kind": "CiliumNetworkPolicy.cilium.io", "namespace": "shop", "name": "a"},
}

opening := {
	"rule": "NetworkPolicy/shop/api#ingress[0]",
	"ports": "TCP 8080",
	"ranges": [["TCP", 8080, 8080]],
	"whole": false,
	"workload": "shop/api",
	"at": {"kind": "NetworkPolicy.networking.k8s.io", "namespace": "shop", "name": "api", "path": ["spec", "ingress", 0]},
}

workload(openings, doubts) := {"facts": {
	"isolation": {
		"network": "own",
		"isolated": {"ingress": true},
		"doubts": {"ingress": doubts},
	},
	"reachability": {"from_all_namespaces": openings},
}}

parameters := {"network.reachable_from_all_namespaces": {"workloads": [], "ports": []}}

test_opening_fails_at_its_rule if {
	found := reachable_from_all_namespaces.fail with input as workload([opening], [])
		with data.scan.parameters as parameters
	{finding.at | some finding in found} == {opening.at}
}

test_no_opening_passes if {
	count(reachable_from_all_namespaces.fail) == 0 with input as workload([], []) with data.scan.parameters as parameters
}

test_refused_policy_is_unknown if {
	given := workload([opening], [doubt])
	count(reachable_from_all_namespaces.fail) == 0 with input as given with data.scan.parameters as parameters
	count(reachable_from_all_namespaces.unknown) == 1 with input as given with data.scan.parameters as parameters
}

test_exempt_workload_passes if {
	every names in [["shop/api"], ["shop/*"]] {
		changed := object.union(parameters["network.reachable_from_all_namespaces"], {"workloads": names})
		count(reachable_from_all_namespaces.fail) == 0 with input as workload([opening], [])
			with data.scan.parameters as {"network.reachable_from_all_namespaces": changed}
	}
}

test_not_isolated_does_not_apply if {
	patch := [{"op": "replace", "path": "/facts/isolation/isolated/ingress", "value": false}]
	given := json.patch(workload([], []), patch)
	count(reachable_from_all_namespaces.not_applicable) == 1 with input as given with data.scan.parameters as parameters
}
