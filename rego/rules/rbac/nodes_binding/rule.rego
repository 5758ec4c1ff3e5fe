# METADATA
# title: A role is granted to nodes
# description: >-
#   Kubelets get what they need from the Node authorizer, which shows each the objects of its own pods alone.
#   A role for all nodes lets one node that is taken over reach further.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/reference/access-authn-authz/node/
# custom:
#   id: KA-R-0059
#   severity: medium
#   over: object
#   kinds: [RoleBinding.rbac.authorization.k8s.io, ClusterRoleBinding.rbac.authorization.k8s.io]
#   reads: [facts.rbac.subjects, roleRef]
#   remediation: Grant the role to the service account of the agent that runs on the nodes.
package kubeassay.rules.rbac.nodes_binding

fail contains finding if {
	some subject in nodes
	not own(subject)
	finding := {
		"message": sprintf("Grants %s %v to {value}", [input.roleRef.kind, input.roleRef.name]),
		"path": subject.path,
	}
}

not_applicable contains reason if {
	some subject in nodes
	own(subject)
	reason := {"message": "Kubernetes or kubeadm grants this role so itself", "path": subject.path}
}

own(subject) if subject.own

nodes := [subject | some subject in input.facts.rbac.subjects; node(subject)]

node(subject) if {
	subject.kind == "Group"
	subject.name == "system:nodes"
}

node(subject) if {
	subject.kind == "User"
	startswith(subject.name, "system:node:")
}
