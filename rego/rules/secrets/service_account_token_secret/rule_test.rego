package kubeassay.rules.secrets.service_account_token_secret_test

import data.kubeassay.rules.secrets.service_account_token_secret

test_token_fails if {
	found := service_account_token_secret.fail with input as {"type": "kubernetes.io/service-account-token"}
	found == {{"message": "Secret holds a ServiceAccount token that never expires", "path": ["type"]}}
}

test_other_types_pass if {
	every type in ["Opaque", "kubernetes.io/tls"] {
		count(service_account_token_secret.fail) == 0 with input as {"type": type}
	}
}

test_no_type_is_unknown_in_a_cluster_alone if {
	count(service_account_token_secret.unknown) == 1 with input as {} with data.scan.snapshot as true
	count(service_account_token_secret.unknown) == 0 with input as {} with data.scan.snapshot as false
	count(service_account_token_secret.unknown) == 0 with input as {"type": "Opaque"} with data.scan.snapshot as true
}
