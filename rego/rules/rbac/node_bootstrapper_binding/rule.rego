# METADATA
# title: More than bootstrap tokens may enrol nodes
# description: >-
#   Who may ask for the certificate of a node, or has such requests approved by themselves, can pose as a node,
#   which reads the Secrets of the pods on it.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/kubelet-tls-bootstrapping/
# custom:
#   id: KA-R-0081
#   severity: medium
#   over: object
#   kinds: [RoleBinding.rbac.authorization.k8s.io, ClusterRoleBinding.rbac.authorization.k8s.io]
#   reads: [facts.rbac.subjects, roleRef]
#   remediation: Bind the role to a group of bootstrap tokens alone, such as system:bootstrappers:workers.
package kubeassay.rules.rbac.node_bootstrapper_binding

roles := {
	"system:node-bootstrapper",
	"system:certificates.k8s.io:certificatesigningrequests:nodeclient",
}

fail contains finding if {
	input.roleRef.kind == "ClusterRole"
	input.roleRef.name in roles
	some subject in input.facts.rbac.subjects
	not bootstrapper(subject)
	finding := {
		"message": sprintf("Lets %s {value} enrol nodes (%s)", [subject.kind, input.roleRef.name]),
		"path": subject.path,
	}
}

bootstrapper(subject) if {
	subject.kind == "Group"
	is_string(subject.name)
	regex.match(`^system:bootstrappers(:|$)`, subject.name)
}

not_applicable contains finding if {
	not enrols
	finding := {"message": "The role enrols no nodes", "path": ["roleRef", "name"]}
}

enrols if input.roleRef.name in roles
