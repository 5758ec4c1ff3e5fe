# METADATA
# title: Role allows deleting events
# description: >-
#   Events show what happened in the cluster: whoever deletes them covers their tracks.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0031
#   severity: low
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: Remove delete and deletecollection on events; they expire by themselves.
package kubeassay.rules.rbac.event_deletion

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "deleting events") if {
	some grant in rbac.grants({"": {"events"}, "events.k8s.io": {"events"}}, {"delete", "deletecollection"})
}

not_applicable contains reason if some reason in rbac.not_judged
