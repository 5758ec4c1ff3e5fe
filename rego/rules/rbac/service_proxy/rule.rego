# METADATA
# title: Role allows reaching Pods and Services through the API server
# description: >-
#   The API server's proxy sends requests to any port of a pod or Service, past network policies and past
#   whatever checks them at the entrance.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0018
#   severity: medium
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: Remove pods/proxy and services/proxy, or allow the needed Services alone by resourceNames.
package kubeassay.rules.rbac.service_proxy

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "reaching Pods and Services through the API server") if {
	some grant in rbac.grants({"": {"pods/proxy", "services/proxy"}}, {"create", "delete", "get", "patch", "update"})
}

not_applicable contains reason if some reason in rbac.not_judged
