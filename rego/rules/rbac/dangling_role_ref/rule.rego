# METADATA
# title: A binding refers to a role that does not exist
# description: >-
#   It grants nothing now; whoever makes a role of that name decides what its subjects may do, without anybody
#   approving a binding.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0061
#   severity: medium
#   over: object
#   kinds: [RoleBinding.rbac.authorization.k8s.io, ClusterRoleBinding.rbac.authorization.k8s.io]
#   snapshot_only: true
#   reads: [facts.rbac.role_known, roleRef]
#   remediation: Remove the binding, or create the role.
package kubeassay.rules.rbac.dangling_role_ref

fail contains finding if {
	not input.facts.rbac.role_known
	finding := {
		"message": sprintf("Refers to the %s {value}, which does not exist", [input.roleRef.kind]),
		"path": ["roleRef", "name"],
	}
}
