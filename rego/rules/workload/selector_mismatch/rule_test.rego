package kubeassay.rules.workload.selector_mismatch_test

import data.kubeassay.rules.workload.selector_mismatch

messages(selector, labels) := found if {
	unmatched := {"selector": selector, "labels": labels}
	faults := selector_mismatch.fail with input as {"facts": {"metadata": {"unmatched_selector": unmatched}}}
	found := {finding.message | some finding in faults}
}

test_other_and_missing_labels_fail if {
	messages({"matchLabels": {"app": "a", "tier": "b"}}, {"app": "c"}) == {
		"The selector asks for app=a, the pod template has app=c",
		"The selector asks for tier=b, the pod template has no label tier",
	}
}

test_plain_selectors_fail if {
	messages({"app": "a"}, {}) == {"The selector asks for app=a, the pod template has no label app"}
}

test_no_selector_fails if messages({}, {"app": "a"}) == {"There is no selector, or an empty one"}

test_expressions if {
	labels := {"app": "a"}
	every expression in [
		{"key": "app", "operator": "In", "values": ["a", "b"]},
		{"key": "app", "operator": "NotIn", "values": ["b"]},
		{"key": "tier", "operator": "NotIn", "values": ["b"]},
		{"key": "app", "operator": "Exists"},
		{"key": "tier", "operator": "DoesNotExist"},
	] {
		messages({"matchExpressions": [expression]}, labels) == set()
	}
	every expression in [
		{"key": "app", "operator": "In", "values": ["b"]},
		{"key": "tier", "operator": "In", "values": ["b"]},
		{"key": "app", "operator": "NotIn", "values": ["a"]},
		{"key": "tier", "operator": "Exists"},
		{"key": "app", "operator": "DoesNotExist"},
	] {
		count(messages({"matchExpressions": [expression]}, labels)) == 1
	}
}

test_where_the_selector_matches_nothing_is_found if count(selector_mismatch.fail) == 0 with input as {"facts": {}}
