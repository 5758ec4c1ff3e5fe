package kubeassay.rules.network.network_policy_rule_redundant_test

import data.kubeassay.rules.network.network_policy_rule_redundant

given(action, other) := {"facts": {"network_shadowing": {"shadowed": [{
	"path": ["spec", "ingress", 1],
	"action": action,
	"by": [{"rule": "AdminNetworkPolicy/a#ingress[0]", "action": other}],
}]}}}

test_allow_behind_allow_fails if {
	some finding in network_policy_rule_redundant.fail with input as given("allow", "allow")
	finding.path == ["spec", "ingress", 1]
	contains(finding.message, "AdminNetworkPolicy/a#ingress[0]")
}

test_deny_behind_pass_is_another_rules if count(network_policy_rule_redundant.fail) == 0 with input as given("deny", "pass")

test_deny_behind_deny_fails if count(network_policy_rule_redundant.fail) == 1 with input as given("deny", "deny")

test_allow_behind_deny_fails if count(network_policy_rule_redundant.fail) == 1 with input as given("allow", "deny")
