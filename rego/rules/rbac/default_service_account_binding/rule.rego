# METADATA
# title: A role is granted to a default service account
# description: >-
#   Every pod that names no service account runs as the default one of its namespace: all of them have the
#   role, also those that come later and need nothing.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KA-R-0058
#   severity: high
#   over: object
#   kinds: [RoleBinding.rbac.authorization.k8s.io, ClusterRoleBinding.rbac.authorization.k8s.io]
#   reads: [facts.rbac.subjects, roleRef]
#   remediation: Make a service account for the workload that needs the role, and bind that.
package kubeassay.rules.rbac.default_service_account_binding

fail contains finding if {
	some subject in input.facts.rbac.subjects
	subject.kind == "ServiceAccount"
	subject.name == "default"
	finding := {
		"message": sprintf(
			"Grants %s %v to the default service account of namespace %s",
			[input.roleRef.kind, input.roleRef.name, subject.namespace],
		),
		"path": subject.path,
	}
}
