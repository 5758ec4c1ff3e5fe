package kubeassay.rules.control_plane.admission_policy_not_enforced_test

import data.kubeassay.rules.control_plane.admission_policy_not_enforced

binding(actions) := {
	"kind": "ValidatingAdmissionPolicyBinding",
	"group_kind": "ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io",
	"spec": {"validationActions": actions},
}

kyverno(spec) := {"kind": "ClusterPolicy", "group_kind": "ClusterPolicy.kyverno.io", "spec": spec}

test_binding_without_deny_fails if {
	found := admission_policy_not_enforced.fail with input as binding(["Warn", "Audit"])
	{finding.path | some finding in found} == {["spec", "validationActions"]}
}

test_binding_that_denies_passes if {
	count(admission_policy_not_enforced.fail) == 0 with input as binding(["Deny", "Audit"])
}

test_kyverno_audits_by_default if {
	found := admission_policy_not_enforced.fail with input as kyverno({"rules": [{"name": "a", "validate": {}}]})
	{finding.path | some finding in found} == {["spec", "rules", 0, "validate"]}
}

test_kyverno_rule_overrides_policy if {
	rules := [{"name": "a", "validate": {"failureAction": "Enforce"}}]
	overridden := kyverno({"validationFailureAction": "Audit", "rules": rules})
	count(admission_policy_not_enforced.fail) == 0 with input as overridden
	found := admission_policy_not_enforced.fail with input as kyverno({
		"validationFailureAction": "Enforce",
		"rules": [{"name": "a", "validate": {"failureAction": "Audit"}}],
	})
	{finding.path | some finding in found} == {["spec", "rules", 0, "validate", "failureAction"]}
}

test_kyverno_mutation_passes if {
	count(admission_policy_not_enforced.fail) == 0 with input as kyverno({"rules": [{"name": "a", "mutate": {}}]})
}
