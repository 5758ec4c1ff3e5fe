package kubeassay.rules.rbac.cluster_admin_binding_test

import data.kubeassay.rules.rbac.cluster_admin_binding

binding(name, role, subjects) := {
	"kind": "ClusterRoleBinding",
	"metadata": {"name": name},
	"roleRef": {"kind": "ClusterRole", "name": role},
	"facts": {"rbac": {"subjects": subjects}},
}

group(name) := {"kind": "Group", "name": name}

test_group_fails if {
	given := binding("platform", "cluster-admin", [group("platform"), group("system:masters")])
	found := cluster_admin_binding.fail with input as given
	found == {{"message": "Grants cluster-admin to Group platform", "path": ["roleRef", "name"]}}
}

test_other_role_passes if {
	count(cluster_admin_binding.fail) == 0 with input as binding("platform", "view", [group("platform")])
}

test_bindings_of_kubernetes_are_not_applicable if {
	every given in [
		binding("cluster-admin", "cluster-admin", [group("system:masters")]),
		binding("kubeadm:cluster-admins", "cluster-admin", [group("kubeadm:cluster-admins")]),
	] {
		count(cluster_admin_binding.fail) == 0 with input as given
		count(cluster_admin_binding.not_applicable) == 1 with input as given
	}
}

test_group_of_kubeadm_elsewhere_fails if {
	given := binding("platform", "cluster-admin", [group("kubeadm:cluster-admins")])
	count(cluster_admin_binding.fail) == 1 with input as given
}

test_nobody_passes if {
	count(cluster_admin_binding.fail) == 0 with input as binding("platform", "cluster-admin", [])
}
