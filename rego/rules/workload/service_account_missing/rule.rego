# METADATA
# title: Pod names a service account that does not exist
# description: >-
#   Its pods cannot be created until somebody makes a service account of that name, who then decides what they
#   may do.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
# custom:
#   id: KA-W-0203
#   severity: medium
#   over: workload
#   snapshot_only: true
#   tags: [reliability]
#   reads: [facts.rbac.service_account]
#   remediation: Create the service account, or name one that exists.
package kubeassay.rules.workload.service_account_missing

fail contains finding if {
	input.facts.rbac.service_account.known == false
	finding := {
		"message": "There is no service account {value} in the namespace",
		"path": ["spec", input.facts.rbac.service_account.field],
	}
}
