# METADATA
# title: Admission policy only reports
# description: What breaks the policy is admitted all the same; a person has to read the reports and act.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#validation-actions
#   - ref: https://kyverno.io/docs/policy-types/cluster-policy/validate/#failure-action
# custom:
#   id: KA-A-0007
#   severity: low
#   over: object
#   kinds:
#     - ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io
#     - ClusterPolicy.kyverno.io
#     - Policy.kyverno.io
#   reads: [spec.validationActions, spec.validationFailureAction, spec.rules]
#   remediation: Let the policy deny (Deny, Enforce) once the reports are clean.
package kubeassay.rules.control_plane.admission_policy_not_enforced

fail contains finding if {
	input.kind == "ValidatingAdmissionPolicyBinding"
	some _ in input.spec.validationActions
	not "Deny" in input.spec.validationActions
	finding := {
		"message": "The binding denies nothing that breaks the policy",
		"path": ["spec", "validationActions"],
	}
}

fail contains finding if {
	startswith(input.group_kind, concat("", [input.kind, ".kyverno"]))
	some i, rule in input.spec.rules
	rule.validate
	action := object.get(rule.validate, "failureAction", overall)
	lower(action) != "enforce"
	finding := {
		"message": sprintf("The rule %v lets through what breaks it", [object.get(rule, "name", i)]),
		"path": path(rule, i),
	}
}

overall := object.get(input.spec, "validationFailureAction", "Audit")

path(rule, i) := ["spec", "rules", i, "validate", "failureAction"] if {
	rule.validate.failureAction
} else := ["spec", "validationFailureAction"] if {
	input.spec.validationFailureAction
} else := ["spec", "rules", i, "validate"]
