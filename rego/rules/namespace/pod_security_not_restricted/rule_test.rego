package kubeassay.rules.namespace.pod_security_not_restricted_test

import data.kubeassay.rules.namespace.pod_security_not_restricted

namespace(level, policies) := {
	"name": "shop",
	"declared": true,
	"facts": {"pod_security": {"admission": {"level": level, "policies": policies}}},
}

test_baseline_fails if {
	found := pod_security_not_restricted.fail with input as namespace("baseline", [])
	{finding.path | some finding in found} == {["metadata", "labels", "pod-security.kubernetes.io/enforce"]}
}

test_restricted_passes if {
	count(pod_security_not_restricted.fail) == 0 with input as namespace("restricted", [])
	count(pod_security_not_restricted.not_applicable) == 0 with input as namespace("restricted", ["x"])
}

test_nothing_enforced_is_another_fault if {
	count(pod_security_not_restricted.fail) == 0 with input as namespace("privileged", [])
	count(pod_security_not_restricted.not_applicable) == 1 with input as namespace("privileged", [])
}

test_policies_are_judged_danger_by_danger if {
	count(pod_security_not_restricted.fail) == 0 with input as namespace("baseline", ["ClusterPolicy pods"])
	count(pod_security_not_restricted.not_applicable) == 1 with input as namespace("baseline", ["ClusterPolicy pods"])
}
