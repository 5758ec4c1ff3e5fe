# METADATA
# title: Role is granted to nobody
# description: >-
#   A role without a binding is a leftover or a grant in waiting: nobody reviews what it allows until somebody
#   is bound to it.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0063
#   severity: info
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   snapshot_only: true
#   tags: [convention]
#   reads: [aggregationRule, facts.bootstrap.origin, facts.rbac.used, kind, metadata.name]
#   remediation: Remove the role if nobody needs it.
package kubeassay.rules.rbac.unbound_role

import data.kubeassay.lib.rbac

fail contains finding if {
	count(rbac.exemptions) == 0
	not input.facts.rbac.used
	finding := {"message": "No binding refers to {value}", "path": ["metadata", "name"]}
}

not_applicable contains reason if some reason in rbac.not_judged
