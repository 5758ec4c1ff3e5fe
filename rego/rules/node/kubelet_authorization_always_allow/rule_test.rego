package kubeassay.rules.node.kubelet_authorization_always_allow_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.kubelet_authorization_always_allow

test_fault_fails if {
	found := kubelet_authorization_always_allow.fail with input as testing.kubelet({"authorization-mode": "AlwaysAllow"})
	count(found) == 1
	some finding in found
	endswith(finding.message, "authorization-mode is AlwaysAllow by its flag")
	finding.path == ["kubelet", "flags", "authorization-mode"]
}

test_other_value_passes if {
	node := testing.kubelet({"authorization-mode": "Webhook"})
	count(kubelet_authorization_always_allow.fail) == 0 with input as node
	count(kubelet_authorization_always_allow.unknown) == 0 with input as node
}

test_unclear_is_unknown if {
	node := testing.unclear_kubelet({"authorization-mode"})
	count(kubelet_authorization_always_allow.fail) == 0 with input as node
	found := kubelet_authorization_always_allow.unknown with input as node
	found == {{"message": "authorization-mode of the kubelet is not known: why", "path": ["kubelet"]}}
}

test_no_kubelet_does_not_apply if {
	count(kubelet_authorization_always_allow.not_applicable) == 1 with input as testing.kubelet({})
}
