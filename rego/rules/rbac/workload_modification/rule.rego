# METADATA
# title: Role allows running code through workloads
# description: >-
#   Who creates or changes a workload chooses the image, the command and the service account of its pods,
#   which is as good as creating Pods.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0013
#   severity: medium
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: >-
#     Remove create, update and patch on workloads, or allow them for the needed ones alone by resourceNames.
package kubeassay.rules.rbac.workload_modification

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "running code through workloads") if {
	some grant in rbac.grants(
		{
			"": {"replicationcontrollers"},
			"apps": {"daemonsets", "deployments", "replicasets", "statefulsets"},
			"batch": {"cronjobs", "jobs"},
		},
		{"create", "patch", "update"},
	)
}

fail contains rbac.finding(grant, "running code through workloads") if {
	some grant in rbac.grants({"": {"pods"}}, {"patch", "update"})
}

not_applicable contains reason if some reason in rbac.not_judged
