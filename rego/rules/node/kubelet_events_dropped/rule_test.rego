package kubeassay.rules.node.kubelet_events_dropped_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.kubelet_events_dropped

scan(minimum) := {"parameters": {"node.kubelet_events_dropped": {"minimum": minimum}}}

count_of(rate, minimum) := count(found) if {
	found := kubelet_events_dropped.fail with input as testing.kubelet({"event-qps": rate}) with data.scan as scan(minimum)
}

test_few_events_fail if {
	count_of(4, 5) == 1
	count_of(9, 10) == 1
}

test_enough_and_no_limit_pass if {
	count_of(5, 5) == 0
	count_of(0, 5) == 0
}

test_unclear_is_unknown if {
	count(kubelet_events_dropped.unknown) == 1 with input as testing.unclear_kubelet({"event-qps"})
}

test_no_kubelet_does_not_apply if {
	count(kubelet_events_dropped.not_applicable) == 1 with input as testing.kubelet({})
}
