# METADATA
# title: ClusterRole allows every path of the API server
# description: >-
#   Paths outside of the API hold profiles, logs and metrics of the control plane, which tell an attacker much
#   about the cluster.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0008
#   severity: low
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: List the paths that the subjects need, such as /healthz or /metrics.
package kubeassay.rules.rbac.wildcard_non_resource_urls

import data.kubeassay.lib.rbac

fail contains finding if {
	input.kind == "ClusterRole"
	not unlimited
	some position, rule in rbac.rules
	some place, url in rbac.list(rule, "nonResourceURLs")
	url in {"*", "/*"}
	finding := {
		"message": "Allows every path of the API server",
		"path": ["rules", position, "nonResourceURLs", place],
	}
}

# That is a fault of its own, which the paths add nothing to.
unlimited if {
	some rule in rbac.rules
	rbac.total(rule)
	rbac.star(rule, "apiGroups")
}

not_applicable contains reason if some reason in rbac.not_judged
