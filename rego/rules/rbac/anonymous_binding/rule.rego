# METADATA
# title: A role is granted to whoever reaches the API server
# description: >-
#   system:anonymous and system:unauthenticated stand for callers without any credential: everybody who can
#   open a connection has the role.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   id: KA-R-0055
#   severity: critical
#   over: object
#   kinds: [RoleBinding.rbac.authorization.k8s.io, ClusterRoleBinding.rbac.authorization.k8s.io]
#   reads: [facts.rbac.subjects, metadata.name, metadata.namespace, roleRef]
#   remediation: Remove the subject.
package kubeassay.rules.rbac.anonymous_binding

fail contains finding if {
	not public
	some subject in strangers
	finding := {
		"message": sprintf("Grants %s %v to {value}, which needs no credential", [input.roleRef.kind, input.roleRef.name]),
		"path": subject.path,
	}
}

not_applicable contains reason if {
	public
	count(strangers) > 0
	reason := {"message": "Kubernetes makes public what this role allows", "path": ["roleRef", "name"]}
}

strangers := [subject |
	some subject in input.facts.rbac.subjects
	[subject.kind, subject.name] in {["User", "system:anonymous"], ["Group", "system:unauthenticated"]}
]

public if {
	input.roleRef.kind == "ClusterRole"
	input.roleRef.name == "system:public-info-viewer"
}

# what a new node needs to know of the cluster before it has a credential
public if {
	input.metadata.namespace == "kube-public"
	input.metadata.name == "kubeadm:bootstrap-signer-clusterinfo"
	input.roleRef.name == "kubeadm:bootstrap-signer-clusterinfo"
}
