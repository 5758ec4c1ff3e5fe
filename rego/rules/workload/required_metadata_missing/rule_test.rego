package kubeassay.rules.workload.required_metadata_missing_test

import data.kubeassay.rules.workload.required_metadata_missing

messages(metadata, labels, annotations) := found if {
	parameters := {"workload.required_metadata_missing": {"labels": labels, "annotations": annotations}}
	faults := required_metadata_missing.fail with data.scan as {"parameters": parameters} with input as {"facts": {"metadata": metadata}}
	found := {finding.message | some finding in faults}
}

test_missing_ones_fail if {
	found := {"label_names": ["b"], "annotation_names": []}
	messages(found, ["a", "b"], ["c"]) == {"There is no label a", "There is no annotation c"}
}

test_present_ones_pass if messages({"label_names": ["a"], "annotation_names": ["c"]}, ["a"], ["c"]) == set()

test_none_are_asked_for if messages({"label_names": [], "annotation_names": []}, [], []) == set()
