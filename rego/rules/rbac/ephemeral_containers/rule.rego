# METADATA
# title: Role allows adding ephemeral containers to Pods
# description: >-
#   An added container may carry any image and join the processes of a running one: its memory, files and
#   service account token.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0016
#   severity: high
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: Remove pods/ephemeralcontainers; give it to people for the time of an incident.
package kubeassay.rules.rbac.ephemeral_containers

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "adding ephemeral containers to Pods") if {
	some grant in rbac.grants({"": {"pods/ephemeralcontainers"}}, {"patch", "update"})
}

not_applicable contains reason if some reason in rbac.not_judged
