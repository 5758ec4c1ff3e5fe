# METADATA
# title: cluster-admin is granted in a namespace
# description: >-
#   Whoever is bound to it may do everything in the namespace, also change its quotas, its policies and the
#   namespace itself.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0051
#   severity: high
#   over: object
#   kinds: [RoleBinding.rbac.authorization.k8s.io]
#   reads: [facts.rbac.subjects, roleRef]
#   remediation: Bind the subjects to a role that allows what they need, such as edit.
package kubeassay.rules.rbac.namespace_cluster_admin_binding

import data.kubeassay.lib.binding

fail contains finding if {
	input.roleRef.kind == "ClusterRole"
	input.roleRef.name == "cluster-admin"
	count(input.facts.rbac.subjects) > 0
	finding := {
		"message": sprintf("Grants cluster-admin in the namespace to %s", [binding.names(input.facts.rbac.subjects)]),
		"path": ["roleRef", "name"],
	}
}
