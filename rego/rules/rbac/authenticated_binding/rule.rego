# METADATA
# title: A role is granted to whoever has a credential
# description: >-
#   system:authenticated holds every user and every service account, of every namespace: each pod that is
#   broken into has the role.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KA-R-0056
#   severity: high
#   over: object
#   kinds: [RoleBinding.rbac.authorization.k8s.io, ClusterRoleBinding.rbac.authorization.k8s.io]
#   reads: [facts.rbac.subjects, roleRef]
#   remediation: Grant the role to the group of people or the service account that needs it.
package kubeassay.rules.rbac.authenticated_binding

fail contains finding if {
	not public
	some subject in everybody
	finding := {
		"message": sprintf("Grants %s %v to {value}, every user and service account", [input.roleRef.kind, input.roleRef.name]),
		"path": subject.path,
	}
}

not_applicable contains reason if {
	public
	count(everybody) > 0
	reason := {"message": "Kubernetes grants this role so itself", "path": ["roleRef", "name"]}
}

everybody := [subject |
	some subject in input.facts.rbac.subjects
	subject.kind == "Group"
	subject.name == "system:authenticated"
]

public if {
	input.roleRef.kind == "ClusterRole"
	input.roleRef.name in {"system:basic-user", "system:discovery", "system:public-info-viewer"}
}
