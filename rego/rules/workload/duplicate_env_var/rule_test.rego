package kubeassay.rules.workload.duplicate_env_var_test

import data.kubeassay.rules.workload.duplicate_env_var

paths(variables) := found if {
	faults := duplicate_env_var.fail with input as {"containers": [{"path": [], "env": variables}]}
	found := {finding.path | some finding in faults}
}

test_later_ones_fail if {
	paths([{"name": "A"}, {"name": "B"}, {"name": "A", "value": "1"}, {"name": "A"}]) == {["env", 2, "name"], ["env", 3, "name"]}
}

test_different_names_pass if {
	paths([{"name": "A"}, {"name": "a"}, {}, {}, "nonsense"]) == set()
	paths(null) == set()
}

test_containers_are_apart if {
	env := [{"name": "A"}]
	count(duplicate_env_var.fail) == 0 with input as {"containers": [{"path": [], "env": env}, {"path": [], "env": env}]}
}
