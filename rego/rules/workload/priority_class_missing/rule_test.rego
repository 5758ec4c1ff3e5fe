package kubeassay.rules.workload.priority_class_missing_test

import data.kubeassay.rules.workload.priority_class_missing

faults(spec, default_class) := found if {
	facts := {"priority_classes": {"has_global_default": default_class}}
	found := priority_class_missing.fail with input as {"spec": spec, "facts": facts}
}

test_none_fails if {
	count(faults({}, false)) == 1
	count(faults({"priorityClassName": ""}, false)) == 1
}

test_a_class_or_a_default_passes if {
	count(faults({"priorityClassName": "shop"}, false)) == 0
	count(faults({}, true)) == 0
}
