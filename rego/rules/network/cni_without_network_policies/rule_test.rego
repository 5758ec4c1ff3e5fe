package kubeassay.rules.network.cni_without_network_policies_test

import data.kubeassay.rules.network.cni_without_network_policies as rule

cluster(enforcing, idle) := {"facts": {"cni": {"enforcement": {"enforcing": enforcing, "idle": idle}}}}

test_flannel_alone_fails if {
	found := rule.fail with input as cluster([], ["Flannel"])
	{finding.message | some finding in found} == {"The cluster runs Flannel, and nothing that enforces NetworkPolicies"}
}

test_canal_passes if {
	count(rule.fail) == 0 with input as cluster(["Calico"], ["Flannel"])
	count(rule.unknown) == 0 with input as cluster(["Calico"], ["Flannel"])
}

test_nothing_known_is_unknown if {
	count(rule.fail) == 0 with input as cluster([], [])
	count(rule.unknown) == 1 with input as cluster([], [])
}
