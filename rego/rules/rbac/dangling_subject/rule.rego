# METADATA
# title: A binding names a service account that does not exist
# description: >-
#   Whoever may create service accounts in that namespace gets the role by creating one of that name.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KA-R-0062
#   severity: low
#   over: object
#   kinds: [RoleBinding.rbac.authorization.k8s.io, ClusterRoleBinding.rbac.authorization.k8s.io]
#   snapshot_only: true
#   reads: [facts.rbac.subjects]
#   remediation: Remove the subject, or create the service account.
package kubeassay.rules.rbac.dangling_subject

fail contains finding if {
	some subject in input.facts.rbac.subjects
	subject.known == false
	not own(subject)
	finding := {
		"message": sprintf("Names the service account {value}, which does not exist in namespace %s", [subject.namespace]),
		"path": subject.path,
	}
}

not_applicable contains reason if {
	some subject in input.facts.rbac.subjects
	subject.known == null
	reason := {"message": "The input leaves out what is in kube-system", "path": subject.path}
}

not_applicable contains reason if {
	some subject in input.facts.rbac.subjects
	own(subject)
	reason := {"message": "Kubernetes grants the role to its own controller", "path": subject.path}
}

own(subject) if subject.own
