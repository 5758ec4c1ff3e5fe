# METADATA
# title: Webhook stands between the cluster and its own pods
# description: >-
#   While the webhook is down, no pod starts in kube-system either: DNS and network agents that the webhook
#   itself may need do not come back.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/cluster-administration/admission-webhooks-good-practices/#webhook-limit-scope
# custom:
#   id: KA-A-0002
#   severity: info
#   over: object
#   kinds:
#     - ValidatingWebhookConfiguration.admissionregistration.k8s.io
#     - MutatingWebhookConfiguration.admissionregistration.k8s.io
#   reads: [webhooks, facts.admission.kube_system_labels]
#   tags: [reliability]
#   remediation: Leave kube-system out by a namespaceSelector on kubernetes.io/metadata.name.
package kubeassay.rules.control_plane.webhook_intercepts_kube_system

import data.kubeassay.lib.label_selector

fail contains finding if {
	some i, webhook in input.webhooks
	object.get(webhook, "failurePolicy", "Fail") == "Fail"
	some rule in webhook.rules
	creates_pods(rule)
	selector := object.get(webhook, "namespaceSelector", {})
	label_selector.matches(selector, input.facts.admission.kube_system_labels)
	not narrowed(webhook)
	finding := {
		"message": sprintf("Pods in kube-system wait for the webhook %v", [object.get(webhook, "name", i)]),
		"path": ["webhooks", i, "namespaceSelector"],
	}
}

creates_pods(rule) if {
	some group in rule.apiGroups
	group in {"", "*"}
	some resource in rule.resources
	resource in {"pods", "*", "*/*"}
	some operation in rule.operations
	operation in {"CREATE", "*"}
	object.get(rule, "scope", "*") in {"*", "Namespaced"}
}

# which pods these leave over is not worked out
narrowed(webhook) if some _ in webhook.matchConditions

narrowed(webhook) if some _ in webhook.objectSelector
