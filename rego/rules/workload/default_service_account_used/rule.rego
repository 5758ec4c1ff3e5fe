# METADATA
# title: Pod holds the token of the default service account
# description: >-
#   All pods of the namespace that name no service account share it: what is granted to one is granted to all,
#   and the audit log cannot tell them apart.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
# custom:
#   id: KA-W-0201
#   severity: medium
#   over: workload
#   reads: [facts.rbac.service_account, spec.automountServiceAccountToken]
#   remediation: >-
#     Set automountServiceAccountToken to false, or give a workload that calls the API server a service
#     account of its own.
package kubeassay.rules.workload.default_service_account_used

account := input.facts.rbac.service_account

fail contains finding if {
	account.default
	account.token
	finding := {
		"message": "The pod holds the token of the default service account",
		"path": ["spec", field],
	}
}

field := "automountServiceAccountToken" if {
	input.spec.automountServiceAccountToken == true
} else := account.field

not_applicable contains reason if {
	account.mirror
	reason := {"message": "the kubelet runs it from a file, without a service account", "path": ["spec"]}
}
