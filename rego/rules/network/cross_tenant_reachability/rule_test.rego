package kubeassay.rules.network.cross_tenant_reachability_test

import data.kubeassay.rules.network.cross_tenant_reachability

doubt := {
	"reason": "what CiliumNetworkPolicy/shop/a does is not worked out",
	"opens": true,
	"closes": true,
	"at": {"kind": "CiliumNetworkPolicy.cilium.io", "namespace": "shop", "name": "a"},
}

at := {"kind": "NetworkPolicy.networking.k8s.io", "namespace": "red", "name": "web", "path": ["spec", "ingress", 0]}

cause(rule) := {
	"rule": rule,
	"ports": "TCP 8080",
	"ranges": [["TCP", 8080, 8080]],
	"namespaces": "blue",
	"workloads": "api",
}

with_place := object.union(cause("NetworkPolicy/red/web#ingress[0]"), {"at": at})

namespace(name, key, own, causes, doubts) := {"name": name, "facts": {
	"isolation": {"doubts": {"ingress": doubts}},
	"tenancy": {"reached_by": {key: {"own": own, "causes": causes}}},
}}

parameters := {"network.cross_tenant_reachability": {"keys": ["tenant"], "namespaces": [], "ports": []}}

test_rule_that_opens_is_at_fault if {
	some finding in cross_tenant_reachability.fail with input as namespace("red", "tenant", "red", [with_place], [])
		with data.scan.parameters as parameters
	finding.at == at
}

test_without_policy_the_namespace_is_at_fault if {
	some finding in cross_tenant_reachability.fail with input as namespace("red", "tenant", "red", [cause("")], [])
		with data.scan.parameters as parameters
	finding.path == ["metadata", "name"]
}

test_other_labels_tell_no_tenants if {
	count(cross_tenant_reachability.fail) == 0 with input as namespace("red", "team", "red", [cause("")], [])
		with data.scan.parameters as parameters
}

test_exempt_passes if {
	every changed in [{"namespaces": ["re*"]}, {"ports": ["TCP 8080"]}] {
		all := object.union(parameters, {"network.cross_tenant_reachability": changed})
		count(cross_tenant_reachability.fail) == 0 with input as namespace("red", "tenant", "red", [cause("")], [])
			with data.scan.parameters as all
	}
}

test_refused_policy_is_unknown if {
	given := namespace("red", "tenant", "red", [with_place], [doubt])
	count(cross_tenant_reachability.fail) == 0 with input as given with data.scan.parameters as parameters
	count(cross_tenant_reachability.unknown) == 1 with input as given with data.scan.parameters as parameters
}
