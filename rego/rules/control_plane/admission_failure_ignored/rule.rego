# METADATA
# title: Admission goes on when its check fails
# description: >-
#   Whoever can make the webhook or policy fail, by overloading it or by chance, gets past it: what it was
#   to refuse or change is admitted as it is.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#failure-policy
# custom:
#   id: KA-A-0001
#   severity: low
#   over: object
#   kinds:
#     - ValidatingWebhookConfiguration.admissionregistration.k8s.io
#     - MutatingWebhookConfiguration.admissionregistration.k8s.io
#     - ValidatingAdmissionPolicy.admissionregistration.k8s.io
#     - MutatingAdmissionPolicy.admissionregistration.k8s.io
#   reads: [webhooks, spec.failurePolicy]
#   remediation: >-
#     Set failurePolicy to Fail where security depends on it, with several replicas of the webhook and
#     without the namespaces that it needs itself.
package kubeassay.rules.control_plane.admission_failure_ignored

fail contains finding if {
	some i, webhook in input.webhooks
	webhook.failurePolicy == "Ignore"
	finding := {
		"message": sprintf("What the webhook %v cannot check is admitted", [object.get(webhook, "name", i)]),
		"path": ["webhooks", i, "failurePolicy"],
	}
}

fail contains finding if {
	input.spec.failurePolicy == "Ignore"
	finding := {"message": "What the policy cannot check is admitted", "path": ["spec", "failurePolicy"]}
}
