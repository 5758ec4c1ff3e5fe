# METADATA
# title: Role allows creating Pods
# description: >-
#   A new Pod may run as any service account of its namespace, mount any of its Secrets and, unless admission
#   forbids it, the node's files.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0012
#   severity: high
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: >-
#     Remove create on pods; let controllers create them, and enforce a Pod Security level in the namespace.
package kubeassay.rules.rbac.pod_creation

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "creating Pods") if {
	some grant in rbac.grants({"": {"pods"}}, {"create"})
}

not_applicable contains reason if some reason in rbac.not_judged
