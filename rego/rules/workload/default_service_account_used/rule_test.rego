package kubeassay.rules.workload.default_service_account_used_test

import data.kubeassay.rules.workload.default_service_account_used

workload(fields) := {"facts": {"rbac": {"service_account": object.union(
	{"default": true, "field": "serviceAccountName", "token": true, "mirror": false},
	fields,
)}}}

test_token_of_default_account_fails if {
	found := default_service_account_used.fail with input as workload({})
	{finding.path | some finding in found} == {["spec", "serviceAccountName"]}
}

test_token_asked_for_fails_there if {
	given := object.union(workload({}), {"spec": {"automountServiceAccountToken": true}})
	found := default_service_account_used.fail with input as given
	{finding.path | some finding in found} == {["spec", "automountServiceAccountToken"]}
}

test_no_token_passes if {
	count(default_service_account_used.fail) == 0 with input as workload({"token": false})
}

test_own_account_passes if {
	count(default_service_account_used.fail) == 0 with input as workload({"default": false})
}

test_mirror_pod_is_not_applicable if {
	given := workload({"token": false, "mirror": true})
	count(default_service_account_used.not_applicable) == 1 with input as given
}
