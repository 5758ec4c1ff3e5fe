# METADATA
# title: Role allows changing every ConfigMap of its namespace
# description: >-
#   Applications take their settings from ConfigMaps: addresses, switches, sometimes scripts. Whoever changes
#   them changes what the applications do.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0033
#   severity: low
#   over: object
#   kinds: [Role.rbac.authorization.k8s.io, ClusterRole.rbac.authorization.k8s.io]
#   reads: [aggregationRule, facts.bootstrap.origin, kind, metadata.name, metadata.namespace, rules]
#   remediation: Name the needed ConfigMaps by resourceNames.
package kubeassay.rules.rbac.config_map_modification

import data.kubeassay.lib.rbac

fail contains rbac.finding(grant, "changing every ConfigMap") if {
	input.kind == "Role"
	object.get(input.metadata, "namespace", "default") != "kube-system"
	some grant in rbac.grants({"": {"configmaps"}}, {"delete", "deletecollection", "patch", "update"})
}

not_applicable contains reason if some reason in rbac.not_judged
