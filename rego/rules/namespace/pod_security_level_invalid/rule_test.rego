package kubeassay.rules.namespace.pod_security_level_invalid_test

import data.kubeassay.rules.namespace.pod_security_level_invalid

namespace(label, value) := {"labels": {concat("", ["pod-security.kubernetes.io/", label]): value}}

test_unknown_level_fails if {
	found := pod_security_level_invalid.fail with input as namespace("enforce", "Restricted")
	{finding.path | some finding in found} == {["metadata", "labels", "pod-security.kubernetes.io/enforce"]}
	count(pod_security_level_invalid.fail) == 1 with input as namespace("warn", "strict")
}

test_unknown_version_fails if {
	count(pod_security_level_invalid.fail) == 1 with input as namespace("enforce-version", "1.30")
	count(pod_security_level_invalid.fail) == 1 with input as namespace("audit-version", "newest")
}

test_known_values_pass if {
	count(pod_security_level_invalid.fail) == 0 with input as namespace("enforce", "restricted")
	count(pod_security_level_invalid.fail) == 0 with input as namespace("enforce-version", "v1.30")
	count(pod_security_level_invalid.fail) == 0 with input as namespace("enforce-version", "latest")
	count(pod_security_level_invalid.fail) == 0 with input as {}
}
