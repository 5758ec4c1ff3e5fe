# METADATA
# title: Webhook sends requests out of the cluster
# description: >-
#   The objects that it looks at, Secrets among them where its rules match, go to an address that nothing in
#   the cluster controls, and admission depends on the way there.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/extensible-admission-controllers/#url
# custom:
#   id: KA-A-0003
#   severity: low
#   over: object
#   kinds:
#     - ValidatingWebhookConfiguration.admissionregistration.k8s.io
#     - MutatingWebhookConfiguration.admissionregistration.k8s.io
#   reads: [webhooks]
#   remediation: Run the webhook in the cluster and name its Service in clientConfig.
package kubeassay.rules.control_plane.webhook_outside_cluster

fail contains finding if {
	some i, webhook in input.webhooks
	url := webhook.clientConfig.url
	is_string(url)
	not regex.match(`^https?://([^/?#]*\.svc(\.cluster\.local)?|localhost|127\.0\.0\.1|\[::1\])(:\d+)?([/?#]|$)`, url)
	finding := {
		"message": sprintf("The webhook %v is asked outside the cluster, at {value}", [object.get(webhook, "name", i)]),
		"path": ["webhooks", i, "clientConfig", "url"],
	}
}
