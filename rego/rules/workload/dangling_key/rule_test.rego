package kubeassay.rules.workload.dangling_key_test

import data.kubeassay.rules.workload.dangling_key

workload(shown) := {"facts": {"references": {"missing_keys": [{
	"path": ["spec", "containers", 0, "env", 0, "valueFrom", "configMapKeyRef", "key"],
	"kind": "ConfigMap",
	"object": "settings",
	"shown": shown,
}]}}}

test_missing_key_fails if {
	dangling_key.fail == {{
		"message": "The ConfigMap settings has no key {value}",
		"path": ["spec", "containers", 0, "env", 0, "valueFrom", "configMapKeyRef", "key"],
	}} with input as workload(true)
	count(dangling_key.unknown) == 0 with input as workload(true)
}

test_hidden_keys_are_unknown if {
	count(dangling_key.fail) == 0 with input as workload(false)
	count(dangling_key.unknown) == 1 with input as workload(false)
}

test_nothing_missing_passes if {
	none := {"facts": {"references": {"missing_keys": []}}}
	count(dangling_key.fail) == 0 with input as none
	count(dangling_key.unknown) == 0 with input as none
}
