package kubeassay.rules.network.egress_to_metadata_service_test

import data.kubeassay.rules.network.egress_to_metadata_service

doubt := {
	"reason": "what CiliumNetworkPolicy/shop/a does is not worked out",
	"opens": true,
	"closes": true,
	"at": {"kind": "CiliumNetworkPolicy.cilium.io", "namespace": "shop", "name": "a"},
}

opening := {
	"rule": "NetworkPolicy/shop/api#egress[0]",
	"ports": "TCP 8080",
	"ranges": [["TCP", 8080, 8080]],
	"whole": false,
	"workload": "shop/api",
	"at": {"kind": "NetworkPolicy.networking.k8s.io", "namespace": "shop", "name": "api", "path": ["spec", "egress", 0]},
}

workload(openings, doubts) := {"facts": {
	"isolation": {
		"network": "own",
		"isolated": {"egress": true},
		"doubts": {"egress": doubts},
	},
	"reachability": {"to_metadata_service": openings},
}}

parameters := {"network.egress_to_metadata_service": {"workloads": []}}

test_opening_fails_at_its_rule if {
	found := egress_to_metadata_service.fail with input as workload([opening], [])
		with data.scan.parameters as parameters
	{finding.at | some finding in found} == {opening.at}
}

test_no_opening_passes if {
	count(egress_to_metadata_service.fail) == 0 with input as workload([], []) with data.scan.parameters as parameters
}

test_refused_policy_is_unknown if {
	given := workload([opening], [doubt])
	count(egress_to_metadata_service.fail) == 0 with input as given with data.scan.parameters as parameters
	count(egress_to_metadata_service.unknown) == 1 with input as given with data.scan.parameters as parameters
}

test_exempt_workload_passes if {
	every names in [["shop/api"], ["shop/*"]] {
		changed := object.union(parameters["network.egress_to_metadata_service"], {"workloads": names})
		count(egress_to_metadata_service.fail) == 0 with input as workload([opening], [])
			with data.scan.parameters as {"network.egress_to_metadata_service": changed}
	}
}

test_not_isolated_does_not_apply if {
	patch := [{"op": "replace", "path": "/facts/isolation/isolated/egress", "value": false}]
	given := json.patch(workload([], []), patch)
	count(egress_to_metadata_service.not_applicable) == 1 with input as given with data.scan.parameters as parameters
}
