package kubeassay.rules.network.admin_policy_unsupported_test

import data.kubeassay.rules.network.admin_policy_unsupported as rule

given(undefined, plugins) := {"facts": {"plugin_support": {"admin": {"undefined": undefined, "plugins": plugins}}}}

plugin(enforces) := {"name": "Cilium v1.18.2", "enforces": enforces, "why": "since 1.20"}

test_undefined_kind_fails_whatever_the_plugin if {
	found := rule.fail with input as given("no definition", [plugin(true)])
	{finding.message | some finding in found} == {"The API server does not take the policy: no definition"}
	count(rule.unknown) == 0 with input as given("no definition", [])
}

test_no_plugin_that_enforces_fails if {
	found := rule.fail with input as given(null, [plugin(false)])
	{finding.message | some finding in found} == {"No network plugin of the cluster enforces the policy (Cilium v1.18.2: since 1.20)"}
}

test_one_that_enforces_passes if {
	both := given(null, [plugin(false), plugin(true)])
	count(rule.fail) == 0 with input as both
	count(rule.unknown) == 0 with input as both
}

test_one_that_may_enforce_is_unknown if {
	both := given(null, [plugin(false), plugin(null)])
	count(rule.fail) == 0 with input as both
	count(rule.unknown) == 1 with input as both
}

test_nothing_recognised_is_unknown if {
	count(rule.fail) == 0 with input as given(null, [])
	count(rule.unknown) == 1 with input as given(null, [])
}
