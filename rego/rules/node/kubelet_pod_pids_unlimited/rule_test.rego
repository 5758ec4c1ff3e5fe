package kubeassay.rules.node.kubelet_pod_pids_unlimited_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.kubelet_pod_pids_unlimited

test_fault_fails if {
	found := kubelet_pod_pids_unlimited.fail with input as testing.kubelet({"pod-max-pids": -1})
	count(found) == 1
	some finding in found
	endswith(finding.message, "pod-max-pids is -1 by its flag")
	finding.path == ["kubelet", "flags", "pod-max-pids"]
}

test_other_value_passes if {
	node := testing.kubelet({"pod-max-pids": 100})
	count(kubelet_pod_pids_unlimited.fail) == 0 with input as node
	count(kubelet_pod_pids_unlimited.unknown) == 0 with input as node
}

test_unclear_is_unknown if {
	node := testing.unclear_kubelet({"pod-max-pids"})
	count(kubelet_pod_pids_unlimited.fail) == 0 with input as node
	found := kubelet_pod_pids_unlimited.unknown with input as node
	found == {{"message": "pod-max-pids of the kubelet is not known: why", "path": ["kubelet"]}}
}

test_no_kubelet_does_not_apply if {
	count(kubelet_pod_pids_unlimited.not_applicable) == 1 with input as testing.kubelet({})
}
