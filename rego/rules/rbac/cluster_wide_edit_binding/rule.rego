# METADATA
# title: admin or edit is granted for the whole cluster
# description: >-
#   These roles are meant for one namespace. In all of them they read every Secret and run any pod as any
#   service account, also in kube-system, which makes a cluster administrator.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0052
#   severity: high
#   over: object
#   kinds: [ClusterRoleBinding.rbac.authorization.k8s.io]
#   reads: [facts.rbac.subjects, roleRef]
#   remediation: Bind the role by a RoleBinding in the namespaces where it is needed.
package kubeassay.rules.rbac.cluster_wide_edit_binding

import data.kubeassay.lib.binding

fail contains finding if {
	input.roleRef.kind == "ClusterRole"
	input.roleRef.name in {"admin", "edit"}
	count(input.facts.rbac.subjects) > 0
	finding := {
		"message": sprintf("Grants {value} in every namespace to %s", [binding.names(input.facts.rbac.subjects)]),
		"path": ["roleRef", "name"],
	}
}
