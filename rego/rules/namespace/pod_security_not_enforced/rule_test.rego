package kubeassay.rules.namespace.pod_security_not_enforced_test

import data.kubeassay.rules.namespace.pod_security_not_enforced

namespace(facts) := {
	"name": "shop",
	"declared": true,
	"facts": {"pod_security": {"admission": object.union(
		{"level": "privileged", "source": "none", "unknown": "", "policies": [], "held": []},
		facts,
	)}},
}

messages := {finding.message | some finding in pod_security_not_enforced.fail}

test_no_label_fails if {
	found := pod_security_not_enforced.fail with input as namespace({})
	found == {{
		"message": "The namespace enforces no Pod Security Standard",
		"path": ["metadata", "labels", "pod-security.kubernetes.io/enforce"],
	}}
}

test_privileged_fails if {
	found := messages with input as namespace({"source": "label"})
	found == {"The namespace enforces the standard privileged, which restricts nothing"}
}

test_labels_mean_nothing_without_the_plugin_or_where_exempt if {
	count(messages) == 1 with input as namespace({"source": "off"})
	count(messages) == 1 with input as namespace({"source": "exempt"})
}

test_baseline_passes if {
	count(pod_security_not_enforced.fail) == 0 with input as namespace({"level": "baseline", "source": "label"})
}

test_defaults_that_were_not_read_are_unknown if {
	given := namespace({"unknown": "the file was not read"})
	count(pod_security_not_enforced.fail) == 0 with input as given
	count(pod_security_not_enforced.unknown) == 1 with input as given
}

test_other_policies_are_unknown if {
	some_policy := namespace({"policies": ["ValidatingAdmissionPolicy pods"]})
	count(pod_security_not_enforced.fail) == 0 with input as some_policy
	count(pod_security_not_enforced.unknown) == 1 with input as some_policy
}

test_policy_that_keeps_something_out_passes if {
	given := namespace({"policies": ["ClusterPolicy pods"], "held": ["ClusterPolicy pods"]})
	count(pod_security_not_enforced.fail) == 0 with input as given
	count(pod_security_not_enforced.unknown) == 0 with input as given
}

test_kube_system_does_not_apply if {
	system := object.union(namespace({}), {"name": "kube-system"})
	count(pod_security_not_enforced.fail) == 0 with input as system
	count(pod_security_not_enforced.not_applicable) == 1 with input as system
}
