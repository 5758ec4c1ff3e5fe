# METADATA
# title: ClusterRole allows changing APIServices
# description: >-
#   An APIService sends an API group's requests, with the caller's name and data, to a server of one's choice,
#   which also answers them.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0040
#   severity: high
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: Remove the verbs, or allow them for the component's own APIService by resourceNames.
package kubeassay.rules.rbac.api_service_modification

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "changing APIServices") if {
	some grant in rbac.grants({"apiregistration.k8s.io": {"apiservices"}}, {"create", "patch", "update"})
}

not_applicable contains reason if some reason in rbac.not_judged
