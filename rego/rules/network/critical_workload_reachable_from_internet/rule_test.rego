package kubeassay.rules.network.critical_workload_reachable_from_internet_test

import data.kubeassay.rules.network.critical_workload_reachable_from_internet

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

parameters(workloads, ports) := {"network.critical_workload_reachable_from_internet": {"workloads": workloads, "ports": ports, "critical": [], "labels": []}}

test_privileged_fails_at_the_rule_that_opens if {
	some finding in critical_workload_reachable_from_internet.fail with input as workload({"open": open(limited)}, [], true)
		with data.scan.parameters as parameters([], [])
	finding.at == at
	contains(finding.message, "it runs privileged")
}

test_other_powers_fail if {
	every spec in [{"hostPID": true}, {"volumes": [{"name": "a", "hostPath": {"path": "/var/run/docker.sock"}}]}] {
		given := object.union(workload({"open": open(unlimited)}, [], false), {"spec": spec})
		count(critical_workload_reachable_from_internet.fail) == 1 with input as given
			with data.scan.parameters as parameters([], [])
	}
}

test_capability_fails if {
	patch := [{"op": "add", "path": "/containers/0/securityContext/capabilities", "value": {"add": ["SYS_ADMIN"]}}]
	given := json.patch(workload({"open": open(unlimited)}, [], false), patch)
	count(critical_workload_reachable_from_internet.fail) == 1 with input as given with data.scan.parameters as parameters([], [])
}

test_without_powers_passes if {
	count(critical_workload_reachable_from_internet.fail) == 0 with input as workload({"open": open(limited)}, [], false)
		with data.scan.parameters as parameters([], [])
}

test_listed_and_labelled_fail if {
	every changed in [{"critical": ["shop/web"]}, {"labels": ["app=web"]}] {
		all := object.union(parameters([], []), {"network.critical_workload_reachable_from_internet": changed})
		count(critical_workload_reachable_from_internet.fail) == 1 with input as workload({"open": open(limited)}, [], false)
			with data.scan.parameters as all
	}
}

test_exempt_passes if {
	every given in [parameters(["shop/*"], []), parameters([], ["TCP 8080"])] {
		count(critical_workload_reachable_from_internet.fail) == 0 with input as workload({"open": open(limited)}, [], true)
			with data.scan.parameters as given
	}
}

test_refused_policy_is_unknown if {
	given := workload({"open": open(limited)}, [doubt], true)
	count(critical_workload_reachable_from_internet.fail) == 0 with input as given with data.scan.parameters as parameters([], [])
	count(critical_workload_reachable_from_internet.unknown) == 1 with input as given with data.scan.parameters as parameters([], [])
}
