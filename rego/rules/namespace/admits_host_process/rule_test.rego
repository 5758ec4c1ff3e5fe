package kubeassay.rules.namespace.admits_host_process_test

import data.kubeassay.rules.namespace.admits_host_process as rule

namespace(state) := {"name": "shop", "declared": true, "facts": {"pod_security": {"admission": {
	"level": "privileged",
	"unknown": "",
	"policies": ["ClusterPolicy pods"],
	"topics": {"host_process": {"state": state, "by": "ClusterPolicy pods"}},
}}}}

test_open_fails if {
	count(rule.fail) == 1 with input as namespace("open")
	count(rule.unknown) == 0 with input as namespace("open")
}

test_unknown_is_unknown if {
	count(rule.fail) == 0 with input as namespace("unknown")
	count(rule.unknown) == 1 with input as namespace("unknown")
}

test_held_passes if {
	(count(rule.fail) + count(rule.unknown)) + count(rule.not_applicable) == 0 with input as namespace("held")
}

test_a_standard_alone_is_judged_elsewhere if {
	count(rule.fail) == 0 with input as namespace("general")
	count(rule.not_applicable) == 1 with input as namespace("general")
}
