package kubeassay.rules.workload.dangling_reference_test

import data.kubeassay.rules.workload.dangling_reference

workload(kind_at_hand) := {"facts": {"references": {"missing": [{
	"path": ["spec", "volumes", 0, "configMap", "name"],
	"kind": "ConfigMap",
	"name": "settings",
	"kind_at_hand": kind_at_hand,
}]}}}

test_missing_object_fails if {
	found := dangling_reference.fail with input as workload(true)
	{finding.path | some finding in found} == {["spec", "volumes", 0, "configMap", "name"]}
	count(dangling_reference.unknown) == 0 with input as workload(true)
}

test_kind_not_at_hand_is_unknown if {
	count(dangling_reference.fail) == 0 with input as workload(false)
	count(dangling_reference.unknown) == 1 with input as workload(false)
}

test_nothing_missing_passes if {
	none := {"facts": {"references": {"missing": []}}}
	count(dangling_reference.fail) == 0 with input as none
	count(dangling_reference.unknown) == 0 with input as none
}
