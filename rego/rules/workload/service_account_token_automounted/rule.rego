# METADATA
# title: Pod mounts a service account token that nothing shows to be needed
# description: >-
#   The token lets whoever breaks into a container call the API server. No binding at hand grants the service
#   account a role, so the workload hardly calls it.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
# custom:
#   id: KA-W-0200
#   severity: medium
#   over: workload
#   reads: [facts.rbac.service_account]
#   remediation: Set automountServiceAccountToken to false in the pod or in its service account.
package kubeassay.rules.workload.service_account_token_automounted

account := input.facts.rbac.service_account

fail contains finding if {
	account.automounted
	not account.default
	not account.granted
	finding := {
		"message": "The pod mounts the token of a service account to which no binding at hand grants a role",
		"path": ["spec", "automountServiceAccountToken"],
	}
}

not_applicable contains reason if {
	account.mirror
	reason := {"message": "the kubelet runs it from a file, without a service account", "path": ["spec"]}
}
