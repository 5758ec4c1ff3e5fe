# METADATA
# title: Role names its resources by a wildcard
# description: >-
#   It grants the verbs on resources that nobody thought of, Secrets among them in the core group, and on
#   those of every API that is installed later.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0005
#   severity: high
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: List the resources that the subjects need.
package kubeassay.rules.rbac.wildcard_resources

import data.kubeassay.lib.rbac

fail contains finding if {
	some position, rule in rbac.rules
	not rbac.total(rule)
	places := [place | some place, entry in rbac.list(rule, "resources"); wildcard(entry)]
	count(places) > 0
	finding := {
		"message": sprintf("Allows %s on resources by the wildcard {value}", [concat(", ", rbac.list(rule, "verbs"))]),
		"path": ["rules", position, "resources", min(places)],
	}
}

wildcard(entry) if entry == "*"

wildcard(entry) if startswith(entry, "*/")

not_applicable contains reason if some reason in rbac.not_judged
