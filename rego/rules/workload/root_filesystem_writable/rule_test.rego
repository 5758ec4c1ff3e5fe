package kubeassay.rules.workload.root_filesystem_writable_test

import data.kubeassay.rules.workload.root_filesystem_writable

paths(fields) := found if {
	container := object.union({"type": "container", "path": ["spec", "containers", 0]}, fields)
	faults := root_filesystem_writable.fail with input as {"containers": [container]}
	found := {finding.path | some finding in faults}
}

field := ["spec", "containers", 0, "securityContext", "readOnlyRootFilesystem"]

test_unset_and_false_fail if {
	paths({}) == {field}
	paths({"securityContext": {}}) == {field}
	paths({"securityContext": "nonsense"}) == {field}
	paths({"securityContext": {"readOnlyRootFilesystem": false}}) == {field}
}

test_read_only_passes if paths({"securityContext": {"readOnlyRootFilesystem": true}}) == set()

test_windows_is_not_applicable if {
	windows := {"spec": {"os": {"name": "windows"}}, "containers": [{"type": "container", "path": []}]}
	scan := {"kubernetes": {"minor": 37}}
	count(root_filesystem_writable.fail) == 0 with input as windows with data.scan as scan
	count(root_filesystem_writable.not_applicable) == 1 with input as windows with data.scan as scan
}
