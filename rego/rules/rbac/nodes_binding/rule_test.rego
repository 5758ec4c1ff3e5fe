package kubeassay.rules.rbac.nodes_binding_test

import data.kubeassay.rules.rbac.nodes_binding

binding(name, role, subject) := {
	"metadata": {"name": name},
	"roleRef": {"kind": "ClusterRole", "name": role},
	"facts": {"rbac": {"subjects": [object.union(subject, {"path": ["subjects", 0, "name"]})]}},
}

path := ["subjects", 0, "name"]

test_nodes_fail if {
	every subject in [{"kind": "Group", "name": "system:nodes"}, {"kind": "User", "name": "system:node:a"}] {
		found := nodes_binding.fail with input as binding("x", "view", subject)
		{finding.path | some finding in found} == {path}
	}
}

test_account_passes if {
	given := binding("x", "view", {"kind": "ServiceAccount", "name": "agent"})
	count(nodes_binding.fail) == 0 with input as given
}

test_binding_of_kubeadm_is_not_applicable if {
	given := binding("x", "kubeadm:kubelet-config", {"kind": "Group", "name": "system:nodes", "own": true})
	count(nodes_binding.fail) == 0 with input as given
	count(nodes_binding.not_applicable) == 1 with input as given
}
