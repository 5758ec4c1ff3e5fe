package kubeassay.rules.node.kubelet_kernel_parameters_changed_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.kubelet_kernel_parameters_changed

test_fault_fails if {
	found := kubelet_kernel_parameters_changed.fail with input as testing.kubelet({"protect-kernel-defaults": false})
	count(found) == 1
	some finding in found
	endswith(finding.message, "protect-kernel-defaults is false by its flag")
	finding.path == ["kubelet", "flags", "protect-kernel-defaults"]
}

test_other_value_passes if {
	node := testing.kubelet({"protect-kernel-defaults": true})
	count(kubelet_kernel_parameters_changed.fail) == 0 with input as node
	count(kubelet_kernel_parameters_changed.unknown) == 0 with input as node
}

test_unclear_is_unknown if {
	node := testing.unclear_kubelet({"protect-kernel-defaults"})
	count(kubelet_kernel_parameters_changed.fail) == 0 with input as node
	found := kubelet_kernel_parameters_changed.unknown with input as node
	found == {{"message": "protect-kernel-defaults of the kubelet is not known: why", "path": ["kubelet"]}}
}

test_no_kubelet_does_not_apply if {
	count(kubelet_kernel_parameters_changed.not_applicable) == 1 with input as testing.kubelet({})
}
