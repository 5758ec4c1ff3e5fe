package kubeassay.rules.network.system_namespace_reachable_by_tenants_test

import data.kubeassay.rules.network.system_namespace_reachable_by_tenants

doubt := {
	"reason": "what CiliumNetworkPolicy/shop/a does is not worked out",
	"opens": true,
	"closes": true,
	"at": {"kind": "CiliumNetworkPolicy.cilium.io", "namespace": "shop", "name": "a"},
}

at := {"kind": "NetworkPolicy.networking.k8s.io", "namespace": "kube-system", "name": "web", "path": ["spec", "ingress", 0]}

cause(rule) := {
	"rule": rule,
	"ports": "TCP 8080",
	"ranges": [["TCP", 8080, 8080]],
	"namespaces": "blue",
	"workloads": "api",
}

with_place := object.union(cause("NetworkPolicy/kube-system/web#ingress[0]"), {"at": at})

namespace(name, key, own, causes, doubts) := {"name": name, "facts": {
	"isolation": {"doubts": {"ingress": doubts}},
	"tenancy": {"reached_by": {key: {"own": own, "causes": causes}}},
}}

parameters := {"network.system_namespace_reachable_by_tenants": {"keys": ["tenant"], "namespaces": ["kube-system"], "ports": ["UDP 53"]}}

test_rule_that_opens_is_at_fault if {
	some finding in system_namespace_reachable_by_tenants.fail with input as namespace("kube-system", "tenant", "", [with_place], [])
		with data.scan.parameters as parameters
	finding.at == at
}

test_without_policy_the_namespace_is_at_fault if {
	some finding in system_namespace_reachable_by_tenants.fail with input as namespace("kube-system", "tenant", "", [cause("")], [])
		with data.scan.parameters as parameters
	finding.path == ["metadata", "name"]
}

test_other_labels_tell_no_tenants if {
	count(system_namespace_reachable_by_tenants.fail) == 0 with input as namespace("kube-system", "team", "", [cause("")], [])
		with data.scan.parameters as parameters
}

test_exempt_passes if {
	every changed in [{"ports": ["TCP 8080"]}] {
		all := object.union(parameters, {"network.system_namespace_reachable_by_tenants": changed})
		count(system_namespace_reachable_by_tenants.fail) == 0 with input as namespace("kube-system", "tenant", "", [cause("")], [])
			with data.scan.parameters as all
	}
}

test_refused_policy_is_unknown if {
	given := namespace("kube-system", "tenant", "", [with_place], [doubt])
	count(system_namespace_reachable_by_tenants.fail) == 0 with input as given with data.scan.parameters as parameters
	count(system_namespace_reachable_by_tenants.unknown) == 1 with input as given with data.scan.parameters as parameters
}
