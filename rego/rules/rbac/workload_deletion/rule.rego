# METADATA
# title: Role allows deleting workloads
# description: >-
#   Whoever deletes workloads, the Services before them, their claims or whole namespaces stops applications
#   and may destroy their data.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0039
#   severity: low
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: >-
#     Remove delete and deletecollection, or allow delete for the needed objects alone by resourceNames.
package kubeassay.rules.rbac.workload_deletion

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "taking applications down") if {
	some grant in rbac.grants(
		{
			"": {"namespaces", "persistentvolumeclaims", "pods", "replicationcontrollers", "services"},
			"apps": {"daemonsets", "deployments", "replicasets", "statefulsets"},
			"batch": {"cronjobs", "jobs"},
		},
		{"delete", "deletecollection"},
	)
}

not_applicable contains reason if some reason in rbac.not_judged
