package kubeassay.rules.node.kubelet_hostname_overridden_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.kubelet_hostname_overridden

test_fault_fails if {
	found := kubelet_hostname_overridden.fail with input as testing.kubelet({"hostname-override": "web-1"})
	count(found) == 1
	some finding in found
	endswith(finding.message, "hostname-override is web-1 by its flag")
	finding.path == ["kubelet", "flags", "hostname-override"]
}

test_other_value_passes if {
	node := testing.kubelet({"hostname-override": ""})
	count(kubelet_hostname_overridden.fail) == 0 with input as node
	count(kubelet_hostname_overridden.unknown) == 0 with input as node
}

test_unclear_is_unknown if {
	node := testing.unclear_kubelet({"hostname-override"})
	count(kubelet_hostname_overridden.fail) == 0 with input as node
	found := kubelet_hostname_overridden.unknown with input as node
	found == {{"message": "hostname-override of the kubelet is not known: why", "path": ["kubelet"]}}
}

test_no_kubelet_does_not_apply if {
	count(kubelet_hostname_overridden.not_applicable) == 1 with input as testing.kubelet({})
}
