package kubeassay.rules.namespace.kube_system_namespace_used_test

import data.kubeassay.rules.namespace.kube_system_namespace_used

inside(fields) := {"facts": {"namespaces": {"in_kube_system": object.union(
	{"labels": {}, "annotations": {}, "priority_class": ""},
	fields,
)}}}

test_guest_fails if {
	found := kube_system_namespace_used.fail with input as inside({"labels": {"app": "shop"}})
	{[finding.root, finding.path] | some finding in found} == {["object", ["metadata", "namespace"]]}
}

test_parts_of_the_cluster_pass if {
	count(kube_system_namespace_used.fail) == 0 with input as inside({"labels": {"k8s-app": "kube-dns"}})
	count(kube_system_namespace_used.fail) == 0 with input as inside({"priority_class": "system-node-critical"})
	mirror := {"annotations": {"kubernetes.io/config.mirror": "ab12"}}
	count(kube_system_namespace_used.fail) == 0 with input as inside(mirror)
}

test_other_namespaces_pass if {
	count(kube_system_namespace_used.fail) == 0 with input as {}
}
