# METADATA
# title: Binding names an admission policy that does not exist
# description: Nothing is enforced where the binding was to put the policy to use.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#what-resources-make-a-policy
# custom:
#   id: KA-A-0006
#   severity: medium
#   over: object
#   kinds:
#     - ValidatingAdmissionPolicyBinding.admissionregistration.k8s.io
#     - MutatingAdmissionPolicyBinding.admissionregistration.k8s.io
#   snapshot_only: true
#   reads: [facts.admission.bound]
#   remediation: Correct policyName, or add the policy.
package kubeassay.rules.control_plane.dangling_admission_binding

fail contains finding if {
	input.facts.admission.bound == false
	finding := {"message": "There is no admission policy {value}", "path": ["spec", "policyName"]}
}
