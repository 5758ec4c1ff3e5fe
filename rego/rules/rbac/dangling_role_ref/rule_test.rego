package kubeassay.rules.rbac.dangling_role_ref_test

import data.kubeassay.rules.rbac.dangling_role_ref

binding(known) := {"roleRef": {"kind": "Role", "name": "x"}, "facts": {"rbac": {"role_known": known}}}

test_missing_role_fails if {
	found := dangling_role_ref.fail with input as binding(false)
	{finding.path | some finding in found} == {["roleRef", "name"]}
}

test_known_role_passes if {
	count(dangling_role_ref.fail) == 0 with input as binding(true)
}
