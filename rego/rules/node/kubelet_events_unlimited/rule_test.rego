package kubeassay.rules.node.kubelet_events_unlimited_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.kubelet_events_unlimited

test_fault_fails if {
	found := kubelet_events_unlimited.fail with input as testing.kubelet({"event-qps": 0})
	count(found) == 1
	some finding in found
	endswith(finding.message, "event-qps is 0 by its flag")
	finding.path == ["kubelet", "flags", "event-qps"]
}

test_other_value_passes if {
	node := testing.kubelet({"event-qps": 5})
	count(kubelet_events_unlimited.fail) == 0 with input as node
	count(kubelet_events_unlimited.unknown) == 0 with input as node
}

test_unclear_is_unknown if {
	node := testing.unclear_kubelet({"event-qps"})
	count(kubelet_events_unlimited.fail) == 0 with input as node
	found := kubelet_events_unlimited.unknown with input as node
	found == {{"message": "event-qps of the kubelet is not known: why", "path": ["kubelet"]}}
}

test_no_kubelet_does_not_apply if {
	count(kubelet_events_unlimited.not_applicable) == 1 with input as testing.kubelet({})
}
