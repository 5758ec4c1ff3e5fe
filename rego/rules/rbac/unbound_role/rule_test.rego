package kubeassay.rules.rbac.unbound_role_test

import data.kubeassay.rules.rbac.unbound_role

role(name, used) := {"kind": "ClusterRole", "metadata": {"name": name}, "facts": {"rbac": {"used": used}}}

test_unused_role_fails if {
	found := unbound_role.fail with input as role("viewer", false)
	{finding.path | some finding in found} == {["metadata", "name"]}
}

test_used_role_passes if {
	count(unbound_role.fail) == 0 with input as role("viewer", true)
}

test_role_of_kubernetes_is_not_applicable if {
	own := {"facts": {"bootstrap": {"origin": {"maker": "Kubernetes", "beyond": []}}}}
	given := object.union(role("edit", false), own)
	count(unbound_role.fail) == 0 with input as given
	count(unbound_role.not_applicable) == 1 with input as given
}
