package kubeassay.rules.rbac.role_ref_kind_test

import data.kubeassay.rules.rbac.role_ref_kind

test_role_fails if {
	found := role_ref_kind.fail with input as {"roleRef": {"kind": "Role", "name": "x"}}
	{finding.path | some finding in found} == {["roleRef", "kind"]}
}

test_cluster_role_passes if {
	count(role_ref_kind.fail) == 0 with input as {"roleRef": {"kind": "ClusterRole", "name": "x"}}
}
