# METADATA
# title: Role allows forwarding ports of Pods
# description: >-
#   The tunnel through the API server reaches every port of a pod, past network policies and past whatever
#   stands before its Service.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0017
#   severity: medium
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: Remove pods/portforward.
package kubeassay.rules.rbac.pod_port_forward

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "forwarding ports of Pods") if {
	some grant in rbac.grants({"": {"pods/portforward"}}, rbac.opening)
}

not_applicable contains reason if some reason in rbac.not_judged
