package kubeassay.rules.workload.naked_pod_test

import data.kubeassay.rules.workload.naked_pod

judged(pod) := [fails, exempt] if {
	fails := count(naked_pod.fail) with input as pod
	exempt := count(naked_pod.not_applicable) with input as pod
}

test_without_an_owner_fails if {
	judged({}) == [1, 0]
	judged({"workload": {"metadata": {"ownerReferences": []}}}) == [1, 0]
}

test_owned_passes if judged({"workload": {"metadata": {"ownerReferences": [{"kind": "Node"}]}}}) == [0, 0]

test_hooks_and_static_pods_are_not_applicable if {
	judged({"workload": {"annotations": {"helm.sh/hook": "test"}}}) == [0, 1]
	judged({"workload": {"annotations": {"kubernetes.io/config.source": "file"}}}) == [0, 1]
	judged({"spec": {"priorityClassName": "system-node-critical"}}) == [0, 1]
}
