# METADATA
# title: Role allows redirecting traffic
# description: >-
#   Whoever writes Services, their endpoints, Ingresses or routes sends the traffic of others to a pod or
#   address of their own.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0035
#   severity: low
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, rules]
#   remediation: Remove create, update and patch, or allow them for the needed objects alone by resourceNames.
package kubeassay.rules.rbac.traffic_redirection

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "redirecting traffic") if {
	some grant in rbac.grants(
		{
			"": {"endpoints", "services"},
			"discovery.k8s.io": {"endpointslices"},
			"gateway.networking.k8s.io": {"gateways", "grpcroutes", "httproutes", "tcproutes", "tlsroutes"},
			"networking.k8s.io": {"ingresses"},
		},
		{"create", "patch", "update"},
	)
}

not_applicable contains reason if some reason in rbac.not_judged
