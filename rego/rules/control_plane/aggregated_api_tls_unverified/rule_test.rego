package kubeassay.rules.control_plane.aggregated_api_tls_unverified_test

import data.kubeassay.rules.control_plane.aggregated_api_tls_unverified

test_unverified_fails if {
	found := aggregated_api_tls_unverified.fail with input as {"spec": {"insecureSkipTLSVerify": true}}
	{finding.path | some finding in found} == {["spec", "insecureSkipTLSVerify"]}
}

test_verified_passes if {
	count(aggregated_api_tls_unverified.fail) == 0 with input as {"spec": {"insecureSkipTLSVerify": false}}
	count(aggregated_api_tls_unverified.fail) == 0 with input as {}
}
