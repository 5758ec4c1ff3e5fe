package kubeassay.rules.workload.required_metadata_missing_test

import data.kubeassay.rules.workload.required_metadata_missing

messages(workload, labels, annotations) := found if {
	parameters := {"workload.required_metadata_missing": {"labels": labels, "annotations": annotations}}
	faults := required_metadata_missing.fail with data.scan as {"parameters": parameters} with input as {"workload": workload}
	found := {finding.message | some finding in faults}
}

test_missing_and_empty_ones_fail if {
	messages({"labels": {"b": "1"}}, ["a", "b"], ["c"]) == {"There is no label a", "There is no annotation c"}
	messages({"labels": {"a": ""}}, ["a"], []) == {"There is no label a"}
}

test_present_ones_pass if messages({"labels": {"a": "1"}, "annotations": {"c": "1"}}, ["a"], ["c"]) == set()

test_none_are_asked_for if messages({}, [], []) == set()
