package kubeassay.rules.workload.service_account_missing_test

import data.kubeassay.rules.workload.service_account_missing

workload(known) := {"facts": {"rbac": {"service_account": {"field": "serviceAccountName", "known": known}}}}

test_missing_account_fails if {
	found := service_account_missing.fail with input as workload(false)
	{finding.path | some finding in found} == {["spec", "serviceAccountName"]}
}

test_known_account_passes if {
	count(service_account_missing.fail) == 0 with input as workload(true)
}
