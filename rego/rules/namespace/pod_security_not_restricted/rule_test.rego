package kubeassay.rules.namespace.pod_security_not_restricted_test

import data.kubeassay.rules.namespace.pod_security_not_restricted

namespace(level, policies) := {
	"name": "shop",
	"declared": true,
	"labels": {"pod-security.kubernetes.io/enforce": level},
	"facts": {"pod_policies": {"covering": policies}},
}

test_baseline_fails if {
	found := pod_security_not_restricted.fail with input as namespace("baseline", [])
	{finding.path | some finding in found} == {["metadata", "labels", "pod-security.kubernetes.io/enforce"]}
}

test_restricted_passes if {
	count(pod_security_not_restricted.fail) == 0 with input as namespace("restricted", [])
}

test_nothing_enforced_is_another_fault if {
	count(pod_security_not_restricted.fail) == 0 with input as namespace("privileged", [])
	count(pod_security_not_restricted.not_applicable) == 1 with input as namespace("privileged", [])
}

test_other_policies_are_unknown if {
	policies := [{"name": "ClusterPolicy pods", "level": "baseline"}]
	count(pod_security_not_restricted.unknown) == 1 with input as namespace("baseline", policies)
	count(pod_security_not_restricted.unknown) == 1 with input as namespace("privileged", policies)
}

test_policy_that_holds_the_standard_passes if {
	policies := [{"name": "ClusterPolicy pods", "level": "restricted"}]
	count(pod_security_not_restricted.unknown) == 0 with input as namespace("baseline", policies)
	count(pod_security_not_restricted.fail) == 0 with input as namespace("baseline", policies)
}
