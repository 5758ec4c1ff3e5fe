# METADATA
# title: Role allows changing the status of Services
# description: >-
#   The address in a Service's load balancer status draws the cluster's traffic for it to that Service
#   (CVE-2020-8554): whoever writes it can sit in the middle.
# scope: package
# related_resources:
#   - ref: https://github.com/kubernetes/kubernetes/issues/97076
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0036
#   severity: medium
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: Remove services/status; only load balancer controllers need it.
package kubeassay.rules.rbac.service_status_modification

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "changing the status of Services") if {
	some grant in rbac.grants({"": {"services/status"}}, {"patch", "update"})
}

not_applicable contains reason if some reason in rbac.not_judged
