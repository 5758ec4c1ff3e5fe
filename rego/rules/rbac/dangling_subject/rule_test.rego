package kubeassay.rules.rbac.dangling_subject_test

import data.kubeassay.rules.rbac.dangling_subject

binding(known) := bound(known, false)

bound(known, own) := {
	"metadata": {"name": "settings"},
	"facts": {"rbac": {"subjects": [{
		"path": ["subjects", 0, "name"],
		"kind": "ServiceAccount",
		"namespace": "shop",
		"name": "storefront",
		"known": known,
		"own": own,
	}]}},
}

test_missing_account_fails if {
	found := dangling_subject.fail with input as binding(false)
	{finding.path | some finding in found} == {["subjects", 0, "name"]}
}

test_known_account_passes if {
	count(dangling_subject.fail) == 0 with input as binding(true)
}

test_binding_of_kubernetes_is_not_applicable if {
	given := bound(false, true)
	count(dangling_subject.fail) == 0 with input as given
	count(dangling_subject.not_applicable) == 1 with input as given
}

test_account_that_may_be_left_out_is_not_applicable if {
	count(dangling_subject.fail) == 0 with input as binding(null)
	count(dangling_subject.not_applicable) == 1 with input as binding(null)
}
