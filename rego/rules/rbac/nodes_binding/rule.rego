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
#   reads: [facts.rbac.subjects, metadata.labels, metadata.name, roleRef]
#   remediation: Grant the role to the service account of the agent that runs on the nodes.
package kubeassay.rules.rbac.nodes_binding

import data.kubeassay.lib.binding

fail contains finding if {
	not binding.bootstrapped
	some subject in nodes
	finding := {
		"message": sprintf("Grants %s %v to {value}", [input.roleRef.kind, input.roleRef.name]),
		"path": subject.path,
	}
}

not_applicable contains reason if {
	binding.bootstrapped
	count(nodes) > 0
	reason := {"message": "Kubernetes makes this binding itself", "path": ["metadata", "name"]}
}

nodes := [subject | some subject in input.facts.rbac.subjects; node(subject)]

node(subject) if {
	subject.kind == "Group"
	subject.name == "system:nodes"
}

node(subject) if {
	subject.kind == "User"
	startswith(subject.name, "system:node:")
}
