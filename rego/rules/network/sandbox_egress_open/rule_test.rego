package kubeassay.rules.network.sandbox_egress_open_test

import data.kubeassay.rules.network.sandbox_egress_open

faults(spec) := paths if {
	found := sandbox_egress_open.fail with input as {"spec": spec}
	paths := {finding.path | some finding in found}
}

test_default_policy_fails if {
	faults({}) == {["spec", "networkPolicy"]}
	faults({"networkPolicyManagement": "Managed"}) == {["spec", "networkPolicy"]}
}

test_open_rules_fail if {
	rules := [{"ports": [{"port": 443}]}, {"to": [{"podSelector": {}}, {"ipBlock": {"cidr": "0.0.0.0/0"}}]}]
	faults({"networkPolicy": {"egress": rules}}) == {
		["spec", "networkPolicy", "egress", 0],
		["spec", "networkPolicy", "egress", 1, "to", 1, "ipBlock", "cidr"],
	}
}

test_narrow_and_empty_policies_pass if {
	faults({"networkPolicy": {}}) == set()
	faults({"networkPolicy": {"egress": [{"to": [{"ipBlock": {"cidr": "192.0.2.0/24"}}]}]}}) == set()
}

test_unmanaged_is_unknown if {
	faults({"networkPolicyManagement": "Unmanaged"}) == set()
	count(sandbox_egress_open.unknown) == 1 with input as {"spec": {"networkPolicyManagement": "Unmanaged"}}
	count(sandbox_egress_open.unknown) == 0 with input as {"spec": {}}
}
