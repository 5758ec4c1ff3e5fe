package kubeassay.rules.workload.selector_mismatch_test

import data.kubeassay.rules.workload.selector_mismatch

messages(version, selector, labels) := found if {
	faults := selector_mismatch.fail with input as {
		"workload": {"api_version": version, "spec": {"selector": selector}},
		"metadata": {"labels": labels},
	}
	found := {finding.message | some finding in faults}
}

test_other_and_missing_labels_fail if {
	messages("apps/v1", {"matchLabels": {"app": "a", "tier": "b"}}, {"app": "c"}) == {
		"The selector asks for app=a, the pod template has app=c",
		"The selector asks for tier=b, the pod template has no label tier",
	}
}

test_plain_selectors_fail if {
	messages("v1", {"app": "a"}, {}) == {"The selector asks for app=a, the pod template has no label app"}
}

test_no_selector_fails_where_one_must_be if {
	messages("apps/v1", {}, {"app": "a"}) == {"There is no selector, or an empty one"}
	messages("apps/v1beta1", {}, {"app": "a"}) == set()
	messages("v1", {}, {"app": "a"}) == set()
}

test_expressions if {
	labels := {"app": "a"}
	every expression in [
		{"key": "app", "operator": "In", "values": ["a", "b"]},
		{"key": "app", "operator": "NotIn", "values": ["b"]},
		{"key": "tier", "operator": "NotIn", "values": ["b"]},
		{"key": "app", "operator": "Exists"},
		{"key": "tier", "operator": "DoesNotExist"},
	] {
		messages("apps/v1", {"matchExpressions": [expression]}, labels) == set()
	}
	every expression in [
		{"key": "app", "operator": "In", "values": ["b"]},
		{"key": "tier", "operator": "In", "values": ["b"]},
		{"key": "app", "operator": "NotIn", "values": ["a"]},
		{"key": "tier", "operator": "Exists"},
		{"key": "app", "operator": "DoesNotExist"},
	] {
		count(messages("apps/v1", {"matchExpressions": [expression]}, labels)) == 1
	}
}

test_matching_labels_pass if messages("apps/v1", {"matchLabels": {"app": "a"}}, {"app": "a", "tier": "b"}) == set()
