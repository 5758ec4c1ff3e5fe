package kubeassay.rules.network.admin_policies_unsupported_test

import data.kubeassay.rules.network.admin_policies_unsupported

given(served, heeded) := {"facts": {"cni": {"admin_policies": {
	"kind": "AdminNetworkPolicy",
	"served": served,
	"heeded": heeded,
	"why": "Weave Net heeds no AdminNetworkPolicies",
}}}}

test_missing_definition_fails if {
	every heeded in ["yes", "no", "unknown"] {
		some finding in admin_policies_unsupported.fail with input as given("no", heeded)
		finding.message == "The cluster has no CustomResourceDefinition of AdminNetworkPolicy"
		count(admin_policies_unsupported.fail) == 1 with input as given("no", heeded)
		count(admin_policies_unsupported.unknown) == 0 with input as given("no", heeded)
	}
}

test_plugin_without_it_fails if {
	every served in ["yes", "unknown"] {
		some finding in admin_policies_unsupported.fail with input as given(served, "no")
		endswith(finding.message, "Weave Net heeds no AdminNetworkPolicies")
		count(admin_policies_unsupported.unknown) == 0 with input as given(served, "no")
	}
}

test_unknown_plugin_is_unknown if {
	count(admin_policies_unsupported.fail) == 0 with input as given("yes", "unknown")
	count(admin_policies_unsupported.unknown) == 1 with input as given("yes", "unknown")
}

test_plugin_with_it_passes if {
	every served in ["yes", "unknown"] {
		count(admin_policies_unsupported.fail) == 0 with input as given(served, "yes")
		count(admin_policies_unsupported.unknown) == 0 with input as given(served, "yes")
	}
}
