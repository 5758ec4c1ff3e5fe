# METADATA
# title: ClusterRoleBinding refers to a Role
# description: >-
#   A ClusterRoleBinding can grant ClusterRoles alone: the API server refuses it, so the access that it was
#   written for is missing.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0060
#   severity: medium
#   over: object
#   kinds: [ClusterRoleBinding.rbac.authorization.k8s.io]
#   tags: [reliability]
#   reads: [roleRef]
#   remediation: Refer to a ClusterRole, or use a RoleBinding in the Role's namespace.
package kubeassay.rules.rbac.role_ref_kind

fail contains finding if {
	input.roleRef.kind == "Role"
	finding := {"message": "Refers to a Role, which the API server refuses", "path": ["roleRef", "kind"]}
}
