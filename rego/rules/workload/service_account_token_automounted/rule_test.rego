package kubeassay.rules.workload.service_account_token_automounted_test

import data.kubeassay.rules.workload.service_account_token_automounted

workload(fields) := {"facts": {"rbac": {"service_account": object.union(
	{"automounted": true, "default": false, "granted": false, "mirror": false},
	fields,
)}}}

test_token_without_a_role_fails if {
	found := service_account_token_automounted.fail with input as workload({})
	{finding.path | some finding in found} == {["spec", "automountServiceAccountToken"]}
}

test_granted_account_passes if {
	count(service_account_token_automounted.fail) == 0 with input as workload({"granted": true})
}

test_no_token_passes if {
	count(service_account_token_automounted.fail) == 0 with input as workload({"automounted": false})
}

test_default_account_is_another_fault if {
	count(service_account_token_automounted.fail) == 0 with input as workload({"default": true})
}

test_mirror_pod_is_not_applicable if {
	given := workload({"automounted": false, "mirror": true})
	count(service_account_token_automounted.not_applicable) == 1 with input as given
}
