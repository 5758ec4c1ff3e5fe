# METADATA
# title: A role is granted to all service accounts
# description: >-
#   system:serviceaccounts holds every service account of the cluster, or of one namespace where its name
#   follows: each pod that is broken into there has the role, also those that come later.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KA-R-0057
#   severity: high
#   over: object
#   kinds: [RoleBinding.rbac.authorization.k8s.io, ClusterRoleBinding.rbac.authorization.k8s.io]
#   reads: [facts.rbac.subjects, roleRef]
#   remediation: Grant the role to the service account that needs it.
package kubeassay.rules.rbac.service_accounts_group_binding

fail contains finding if {
	not public
	some subject in everybody
	not own(subject)
	finding := {
		"message": sprintf("Grants %s %v to every member of {value}", [input.roleRef.kind, input.roleRef.name]),
		"path": subject.path,
	}
}

not_applicable contains reason if {
	public
	count(everybody) > 0
	reason := {"message": "Kubernetes grants this role so itself", "path": ["roleRef", "name"]}
}

not_applicable contains reason if {
	some subject in everybody
	own(subject)
	reason := {"message": "Kubernetes grants this role so itself", "path": subject.path}
}

own(subject) if subject.own

everybody := [subject |
	some subject in input.facts.rbac.subjects
	subject.kind == "Group"
	is_string(subject.name)
	regex.match(`^system:serviceaccounts(:|$)`, subject.name)
]

public if {
	input.roleRef.kind == "ClusterRole"
	input.roleRef.name in {"system:service-account-issuer-discovery"}
}
