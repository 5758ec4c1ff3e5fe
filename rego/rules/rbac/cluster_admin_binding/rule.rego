# METADATA
# title: cluster-admin is granted for the whole cluster
# description: >-
#   Whoever is bound to it may do everything everywhere; a stolen credential of one of them is the end of the
#   cluster.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/rbac/
# custom:
#   id: KA-R-0050
#   severity: critical
#   over: object
#   kinds: [ClusterRoleBinding.rbac.authorization.k8s.io]
#   reads: [facts.rbac.subjects, metadata.name, roleRef]
#   remediation: >-
#     Bind the subjects to a role that allows what they need; keep cluster-admin for a break-glass account.
package kubeassay.rules.rbac.cluster_admin_binding

import data.kubeassay.lib.binding

fail contains finding if {
	input.roleRef.kind == "ClusterRole"
	input.roleRef.name == "cluster-admin"
	count(administrators) > 0
	finding := {
		"message": sprintf("Grants cluster-admin to %s", [binding.names(administrators)]),
		"path": ["roleRef", "name"],
	}
}

not_applicable contains reason if {
	input.roleRef.name == "cluster-admin"
	count(administrators) == 0
	count(input.facts.rbac.subjects) > 0
	reason := {"message": "Kubernetes makes this binding itself", "path": ["roleRef", "name"]}
}

administrators := [subject | some subject in input.facts.rbac.subjects; not expected(subject)]

# It may do everything without any binding; that somebody binds it is a fault of its own.
expected(subject) if {
	subject.kind == "Group"
	subject.name == "system:masters"
}

expected(subject) if {
	input.metadata.name == "kubeadm:cluster-admins"
	subject.kind == "Group"
	subject.name == "kubeadm:cluster-admins"
}
