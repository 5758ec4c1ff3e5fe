package kubeassay.rules.workload.rolling_update_missing_test

import data.kubeassay.rules.workload.rolling_update_missing

paths(spec) := found if {
	faults := rolling_update_missing.fail with input as {"workload": {"spec": spec}}
	found := {finding.path | some finding in faults}
}

test_other_strategies_fail if {
	paths({"strategy": {"type": "Recreate"}}) == {["spec", "strategy", "type"]}
	paths({"updateStrategy": {"type": "OnDelete"}}) == {["spec", "updateStrategy", "type"]}
}

test_rolling_updates_and_the_default_pass if {
	paths({"strategy": {"type": "RollingUpdate"}, "updateStrategy": null}) == set()
	paths({}) == set()
}
