# METADATA
# title: Pod can take over a namespace
# description: >-
#   The service account of its pods reads every Secret of a namespace and runs any pod there, or has the
#   permissions that lead to both. A break-in into one of the containers is a break-in into all of the
#   namespace.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KA-W-0205
#   severity: medium
#   over: workload
#   reads: [facts.rbac.permissions, facts.rbac.service_account]
#   remediation: Grant the service account what the workload needs alone.
package kubeassay.rules.workload.namespace_takeover

import data.kubeassay.lib.takeover

fail contains finding if {
	input.facts.rbac.service_account.token
	count(takeover.of_cluster(input.facts.rbac.permissions)) == 0
	namespaces := takeover.of_namespaces(input.facts.rbac.permissions)
	count(namespaces) > 0
	finding := {
		"message": sprintf("The pod can take over the namespace %s", [concat(", ", namespaces)]),
		"path": ["spec", input.facts.rbac.service_account.field],
	}
}
