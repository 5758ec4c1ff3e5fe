package kubeassay.rules.namespace.pod_security_not_enforced_test

import data.kubeassay.rules.namespace.pod_security_not_enforced

namespace(labels, policies) := {
	"name": "shop",
	"declared": true,
	"labels": labels,
	"facts": {"pod_policies": {"covering": policies}},
}

enforce := "pod-security.kubernetes.io/enforce"

messages := {finding.message | some finding in pod_security_not_enforced.fail}

test_no_label_fails if {
	found := pod_security_not_enforced.fail with input as namespace({}, [])
	found == {{
		"message": "The namespace enforces no Pod Security Standard",
		"path": ["metadata", "labels", enforce],
	}}
}

test_privileged_fails if {
	found := messages with input as namespace({enforce: "privileged"}, [])
	found == {"The namespace enforces the standard privileged, which restricts nothing"}
}

test_warning_is_not_enforcing if {
	labels := {"pod-security.kubernetes.io/warn": "restricted"}
	count(pod_security_not_enforced.fail) == 1 with input as namespace(labels, [])
}

test_baseline_passes if {
	count(pod_security_not_enforced.fail) == 0 with input as namespace({enforce: "baseline"}, [])
}

test_other_policies_are_unknown if {
	some_policy := namespace({}, [{"name": "K8sPSPPrivilegedContainer pods", "level": ""}])
	count(pod_security_not_enforced.fail) == 0 with input as some_policy
	count(pod_security_not_enforced.unknown) == 1 with input as some_policy
}

test_policy_that_holds_the_standard_passes if {
	whole := namespace({}, [{"name": "ClusterPolicy pods", "level": "baseline"}])
	count(pod_security_not_enforced.fail) == 0 with input as whole
	count(pod_security_not_enforced.unknown) == 0 with input as whole
}

test_kube_system_does_not_apply if {
	system := object.union(namespace({}, []), {"name": "kube-system"})
	count(pod_security_not_enforced.fail) == 0 with input as system
	count(pod_security_not_enforced.not_applicable) == 1 with input as system
}
