# METADATA
# title: A binding names the group system:masters
# description: >-
#   The API server lets its members do everything, whatever the roles say: the binding adds nothing, and shows
#   that credentials of the group, which cannot be revoked, are in use.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KA-R-0054
#   severity: high
#   over: object
#   kinds: [RoleBinding.rbac.authorization.k8s.io, ClusterRoleBinding.rbac.authorization.k8s.io]
#   reads: [facts.rbac.subjects, metadata.name, roleRef]
#   remediation: Remove the subject, and give its people accounts of their own in another group.
package kubeassay.rules.rbac.system_masters_group

fail contains finding if {
	not own_binding
	some subject in masters
	finding := {"message": "Grants a role to {value}, whose members may do everything anyway", "path": subject.path}
}

not_applicable contains reason if {
	own_binding
	reason := {"message": "Kubernetes makes this binding itself", "path": ["metadata", "name"]}
}

masters := [subject |
	some subject in input.facts.rbac.subjects
	subject.kind == "Group"
	subject.name == "system:masters"
]

own_binding if {
	input.metadata.name == "cluster-admin"
	input.roleRef.name == "cluster-admin"
}
