package kubeassay.rules.network.admin_deny_shadowed_test

import data.kubeassay.rules.network.admin_deny_shadowed

given(action, other) := {"facts": {"network_shadowing": {"shadowed": [{
	"path": ["spec", "ingress", 1],
	"action": action,
	"by": [{"rule": "AdminNetworkPolicy/a#ingress[0]", "action": other}],
}]}}}

test_deny_behind_allow_fails if {
	some finding in admin_deny_shadowed.fail with input as given("deny", "allow")
	finding.path == ["spec", "ingress", 1]
	contains(finding.message, "AdminNetworkPolicy/a#ingress[0]")
}

test_deny_behind_pass_fails if count(admin_deny_shadowed.fail) == 1 with input as given("deny", "pass")

test_deny_behind_deny_passes if count(admin_deny_shadowed.fail) == 0 with input as given("deny", "deny")

test_allow_behind_deny_passes if count(admin_deny_shadowed.fail) == 0 with input as given("allow", "deny")
