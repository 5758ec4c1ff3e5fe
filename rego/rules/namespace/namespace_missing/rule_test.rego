package kubeassay.rules.namespace.namespace_missing_test

import data.kubeassay.rules.namespace.namespace_missing

placed(placement) := {"kind": "Service", "facts": {"namespaces": {"placement": placement}}}

test_unnamed_fails if {
	found := namespace_missing.fail with input as placed("unnamed") with data.scan.snapshot as false
	found == {{"message": "The Service names no namespace", "path": ["metadata", "namespace"]}}
}

test_named_passes if {
	count(namespace_missing.fail) == 0 with input as placed("elsewhere") with data.scan.snapshot as false
	count(namespace_missing.fail) == 0 with input as placed("default") with data.scan.snapshot as false
}

test_cluster_does_not_apply if {
	count(namespace_missing.fail) == 0 with input as placed("unnamed") with data.scan.snapshot as true
	count(namespace_missing.not_applicable) == 1 with input as placed("unnamed") with data.scan.snapshot as true
}
