package kubeassay.rules.namespace.default_namespace_used_test

import data.kubeassay.rules.namespace.default_namespace_used

placed(placement) := {"kind": "ConfigMap", "facts": {"namespaces": {"placement": placement}}}

test_default_fails if {
	found := default_namespace_used.fail with input as placed("default") with data.scan.snapshot as false
	found == {{"message": "The ConfigMap is in the default namespace", "path": ["metadata", "namespace"]}}
}

test_unnamed_fails_in_a_cluster_only if {
	count(default_namespace_used.fail) == 1 with input as placed("unnamed") with data.scan.snapshot as true
	count(default_namespace_used.fail) == 0 with input as placed("unnamed") with data.scan.snapshot as false
	count(default_namespace_used.not_applicable) == 1 with input as placed("unnamed")
		with data.scan.snapshot as false
}

test_own_and_owned_do_not_apply if {
	count(default_namespace_used.fail) == 0 with input as placed("own") with data.scan.snapshot as true
	count(default_namespace_used.not_applicable) == 1 with input as placed("own") with data.scan.snapshot as true
	count(default_namespace_used.not_applicable) == 1 with input as placed("owned") with data.scan.snapshot as true
}

test_elsewhere_passes if {
	count(default_namespace_used.fail) == 0 with input as placed("elsewhere") with data.scan.snapshot as true
	count(default_namespace_used.not_applicable) == 0 with input as placed("elsewhere")
		with data.scan.snapshot as true
}
