# METADATA
# title: Role allows executing commands in containers
# description: >-
#   A shell in a container reads its files, environment and service account token, and leaves no trace in the
#   image or the manifest.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0014
#   severity: high
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: Remove pods/exec; give it to people for the time of an incident.
package kubeassay.rules.rbac.pod_exec

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "executing commands in containers") if {
	some grant in rbac.grants({"": {"pods/exec"}}, rbac.opening)
}

not_applicable contains reason if some reason in rbac.not_judged
