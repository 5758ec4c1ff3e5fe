package kubeassay.rules.supply_chain.allowed_repository_open_ended_test

import data.kubeassay.rules.supply_chain.allowed_repository_open_ended

fails(prefix) := count(found) if {
	found := allowed_repository_open_ended.fail with input as {
		"kind": "K8sAllowedRepos",
		"spec": {"parameters": {"repos": [prefix]}},
	}
}

fails_v2(pattern) := count(found) if {
	found := allowed_repository_open_ended.fail with input as {
		"kind": "K8sAllowedReposv2",
		"spec": {"parameters": {"allowedImages": [pattern]}},
	}
}

test_open_prefix_fails if {
	every prefix in {"registry.example.com", "quay.io/team", "openpolicyagent", ""} {
		fails(prefix) == 1
	}
}

test_closed_prefix_passes if {
	every prefix in {"registry.example.com/", "registry.example.com:5000/", "postgres:", "openpolicyagent/opa:1.0.0"} {
		fails(prefix) == 0
	}
}

test_pattern_fails_only_if_open if {
	every pattern in {"registry.example.com*", "*"} {
		fails_v2(pattern) == 1
	}
	every pattern in {"registry.example.com/*", "openpolicyagent/opa:*", "openpolicyagent/opa"} {
		fails_v2(pattern) == 0
	}
}

test_malformed_entries_pass if {
	fails(7) == 0
	fails_v2(7) == 0
}

test_constraint_without_parameters_passes if {
	count(allowed_repository_open_ended.fail) == 0 with input as {"kind": "K8sAllowedRepos", "spec": {}}
}
