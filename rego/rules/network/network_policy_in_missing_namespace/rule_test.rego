package kubeassay.rules.network.network_policy_in_missing_namespace_test

import data.kubeassay.rules.network.network_policy_in_missing_namespace

found(missing) := result if {
	given := {"facts": {"network_policies": {"missing_namespace": missing}}}
	result := network_policy_in_missing_namespace.fail with input as given
}

test_missing_namespace_fails if count(found(true)) == 1

test_known_namespace_passes if count(found(false)) == 0
