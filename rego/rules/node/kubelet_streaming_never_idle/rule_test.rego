package kubeassay.rules.node.kubelet_streaming_never_idle_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.kubelet_streaming_never_idle

test_fault_fails if {
	found := kubelet_streaming_never_idle.fail with input as testing.kubelet({"streaming-connection-idle-timeout": 0})
	count(found) == 1
	some finding in found
	endswith(finding.message, "streaming-connection-idle-timeout is 0 by its flag")
	finding.path == ["kubelet", "flags", "streaming-connection-idle-timeout"]
}

test_other_value_passes if {
	node := testing.kubelet({"streaming-connection-idle-timeout": 300})
	count(kubelet_streaming_never_idle.fail) == 0 with input as node
	count(kubelet_streaming_never_idle.unknown) == 0 with input as node
}

test_unclear_is_unknown if {
	node := testing.unclear_kubelet({"streaming-connection-idle-timeout"})
	count(kubelet_streaming_never_idle.fail) == 0 with input as node
	found := kubelet_streaming_never_idle.unknown with input as node
	found == {{"message": "streaming-connection-idle-timeout of the kubelet is not known: why", "path": ["kubelet"]}}
}

test_no_kubelet_does_not_apply if {
	count(kubelet_streaming_never_idle.not_applicable) == 1 with input as testing.kubelet({})
}
