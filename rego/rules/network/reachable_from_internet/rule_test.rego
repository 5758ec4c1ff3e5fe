package kubeassay.rules.network.reachable_from_internet_test

import data.kubeassay.rules.network.reachable_from_internet

doubt := {
	"reason": "what CiliumNetworkPolicy/shop/a does is not worked out",
	"opens": true,
	"closes": true,
	"at": {"kind": "CiliumNetworkPolicy.cilium.io", "namespace": "shop", "name": "a"},
}

at := {"kind": "NetworkPolicy.networking.k8s.io", "namespace": "shop", "name": "web", "path": ["spec", "ingress", 0]}

open(rules) := {
	"ports": "TCP 8080",
	"ranges": [["TCP", 8080, 8080]],
	"ways": "Ingress shop/web",
	"rules": rules,
	"why": [],
	"is_proxy": false,
	"workload": "shop/web",
	"labels": {"app": "web"},
}

unlimited := [{"rule": ""}]

limited := [{"rule": "NetworkPolicy/shop/web#ingress[0]", "at": at}]

workload(found, doubts, privileged) := {
	"containers": [{"path": ["spec", "containers", 0], "securityContext": {"privileged": privileged}}],
	"facts": {
		"isolation": {
			"network": "own",
			"doubts": {"ingress": doubts},
		},
		"exposure": {"from_internet": found},
	},
}

parameters(workloads, ports) := {"network.reachable_from_internet": {"workloads": workloads, "ports": ports}}

test_open_fails_at_the_rule_that_opens if {
	some finding in reachable_from_internet.fail with input as workload({"open": open(limited)}, [], false)
		with data.scan.parameters as parameters([], [])
	finding.at == at
	finding.path == at.path
}

test_open_without_policy_fails_at_the_workload if {
	some finding in reachable_from_internet.fail with input as workload({"open": open(unlimited)}, [], false)
		with data.scan.parameters as parameters([], [])
	finding.path == ["metadata", "labels"]
	not finding.at
}

test_no_way_in_passes if {
	count(reachable_from_internet.fail) == 0 with input as workload({}, [], false) with data.scan.parameters as parameters([], [])
}

test_exempt_passes if {
	every given in [parameters(["shop/*"], []), parameters([], ["TCP 8080"])] {
		count(reachable_from_internet.fail) == 0 with input as workload({"open": open(limited)}, [], false)
			with data.scan.parameters as given
	}
}

test_powerful_workload_is_left_to_the_other_rule if {
	count(reachable_from_internet.fail) == 0 with input as workload({"open": open(limited)}, [], true)
		with data.scan.parameters as parameters([], [])
}

test_critical_workload_is_left_to_the_other_rule if {
	critical := {"network.critical_workload_reachable_from_internet": {"critical": ["shop/web"], "labels": []}}
	count(reachable_from_internet.fail) == 0 with input as workload({"open": open(limited)}, [], false)
		with data.scan.parameters as object.union(parameters([], []), critical)
}

test_uncertain_way_is_unknown if {
	perhaps := object.union(open(limited), {"why": ["the controller is not known"]})
	count(reachable_from_internet.unknown) == 1 with input as workload({"perhaps": perhaps}, [], false)
		with data.scan.parameters as parameters([], [])
}

test_refused_policy_is_unknown if {
	given := workload({"open": open(limited)}, [doubt], false)
	count(reachable_from_internet.fail) == 0 with input as given with data.scan.parameters as parameters([], [])
	count(reachable_from_internet.unknown) == 1 with input as given with data.scan.parameters as parameters([], [])
}

test_controllers_are_there_to_be_reached if {
	proxy := object.union(open(limited), {"is_proxy": true})
	count(reachable_from_internet.fail) == 0 with input as workload({"open": proxy}, [], false) with data.scan.parameters as parameters([], [])
	count(reachable_from_internet.not_applicable) == 1 with input as workload({"open": proxy}, [], false)
		with data.scan.parameters as parameters([], [])
}
