package kubeassay.rules.workload.service_account_deprecated_field_test

import data.kubeassay.rules.workload.service_account_deprecated_field

test_old_name_alone_fails if {
	found := service_account_deprecated_field.fail with input as {"spec": {"serviceAccount": "api"}}
	{finding.path | some finding in found} == {["spec", "serviceAccount"]}
}

test_names_that_differ_fail if {
	given := {"spec": {"serviceAccount": "api", "serviceAccountName": "web"}}
	count(service_account_deprecated_field.fail) == 1 with input as given
}

test_both_as_the_api_server_writes_them_pass if {
	given := {"spec": {"serviceAccount": "api", "serviceAccountName": "api"}}
	count(service_account_deprecated_field.fail) == 0 with input as given
}

test_new_name_passes if {
	count(service_account_deprecated_field.fail) == 0 with input as {"spec": {"serviceAccountName": "api"}}
}
