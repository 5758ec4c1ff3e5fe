package kubeassay.rules.node.kubelet_seccomp_default_off_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.kubelet_seccomp_default_off

test_fault_fails if {
	found := kubelet_seccomp_default_off.fail with input as testing.kubelet({"seccomp-default": false})
	count(found) == 1
	some finding in found
	endswith(finding.message, "seccomp-default is false by its flag")
	finding.path == ["kubelet", "flags", "seccomp-default"]
}

test_other_value_passes if {
	node := testing.kubelet({"seccomp-default": true})
	count(kubelet_seccomp_default_off.fail) == 0 with input as node
	count(kubelet_seccomp_default_off.unknown) == 0 with input as node
}

test_unclear_is_unknown if {
	node := testing.unclear_kubelet({"seccomp-default"})
	count(kubelet_seccomp_default_off.fail) == 0 with input as node
	found := kubelet_seccomp_default_off.unknown with input as node
	found == {{"message": "seccomp-default of the kubelet is not known: why", "path": ["kubelet"]}}
}

test_no_kubelet_does_not_apply if {
	count(kubelet_seccomp_default_off.not_applicable) == 1 with input as testing.kubelet({})
}
