# METADATA
# title: Webhook's Service does not exist
# description: >-
#   Every request that the webhook matches fails, or goes unchecked, and whoever creates the Service decides
#   from then on what is admitted.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#service-reference
# custom:
#   id: KA-A-0004
#   severity: medium
#   over: object
#   kinds:
#     - ValidatingWebhookConfiguration.admissionregistration.k8s.io
#     - MutatingWebhookConfiguration.admissionregistration.k8s.io
#   snapshot_only: true
#   reads: [facts.admission.missing_services]
#   remediation: Delete the configuration that is left over, or restore the Service.
package kubeassay.rules.control_plane.dangling_webhook_service

fail contains finding if {
	some missing in input.facts.admission.missing_services
	finding := {
		"message": sprintf("There is no Service %s to ask", [missing.service]),
		"path": missing.path,
	}
}
