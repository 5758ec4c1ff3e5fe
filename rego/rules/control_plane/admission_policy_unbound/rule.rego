# METADATA
# title: Admission policy has no binding
# description: A policy acts through its bindings alone, so what it describes is not enforced anywhere.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/validating-admission-policy/#what-resources-make-a-policy
# custom:
#   id: KA-A-0005
#   severity: medium
#   over: object
#   kinds:
#     - ValidatingAdmissionPolicy.admissionregistration.k8s.io
#     - MutatingAdmissionPolicy.admissionregistration.k8s.io
#   snapshot_only: true
#   reads: [facts.admission.bindings]
#   remediation: Add a binding that names the policy, or delete the policy.
package kubeassay.rules.control_plane.admission_policy_unbound

fail contains finding if {
	input.facts.admission.bindings == 0
	finding := {"message": "No binding puts the policy to use", "path": ["metadata", "name"]}
}
