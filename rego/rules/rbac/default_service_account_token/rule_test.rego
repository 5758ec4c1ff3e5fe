package kubeassay.rules.rbac.default_service_account_token_test

import data.kubeassay.rules.rbac.default_service_account_token

test_silent_default_fails if {
	found := default_service_account_token.fail with input as {"metadata": {"name": "default"}}
	{finding.path | some finding in found} == {["automountServiceAccountToken"]}
}

test_mounting_default_fails if {
	given := {"metadata": {"name": "default"}, "automountServiceAccountToken": true}
	count(default_service_account_token.fail) == 1 with input as given
}

test_default_without_token_passes if {
	given := {"metadata": {"name": "default"}, "automountServiceAccountToken": false}
	count(default_service_account_token.fail) == 0 with input as given
}

test_other_account_is_not_applicable if {
	given := {"metadata": {"name": "storefront"}}
	count(default_service_account_token.fail) == 0 with input as given
	count(default_service_account_token.not_applicable) == 1 with input as given
}
