# METADATA
# title: Pod can take over the cluster
# description: >-
#   The service account of its pods has permissions that lead to every other one. A break-in into one of the
#   containers is a break-in into the cluster.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KA-W-0204
#   severity: high
#   over: workload
#   reads: [facts.rbac.permissions, facts.rbac.service_account]
#   remediation: >-
#     Grant the service account what the workload needs alone, in the namespaces where it needs it; keep what
#     is left on nodes of its own.
package kubeassay.rules.workload.cluster_takeover

import data.kubeassay.lib.takeover

fail contains finding if {
	input.facts.rbac.service_account.token
	found := takeover.of_cluster(input.facts.rbac.permissions)
	count(found) > 0
	finding := {
		"message": sprintf("The pod can take over the cluster: it %s", [takeover.summary(found)]),
		"path": ["spec", input.facts.rbac.service_account.field],
	}
}
