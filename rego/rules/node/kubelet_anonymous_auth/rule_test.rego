package kubeassay.rules.node.kubelet_anonymous_auth_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.kubelet_anonymous_auth

test_fault_fails if {
	found := kubelet_anonymous_auth.fail with input as testing.kubelet({"anonymous-auth": true})
	count(found) == 1
	some finding in found
	endswith(finding.message, "anonymous-auth is true by its flag")
	finding.path == ["kubelet", "flags", "anonymous-auth"]
}

test_other_value_passes if {
	node := testing.kubelet({"anonymous-auth": false})
	count(kubelet_anonymous_auth.fail) == 0 with input as node
	count(kubelet_anonymous_auth.unknown) == 0 with input as node
}

test_unclear_is_unknown if {
	node := testing.unclear_kubelet({"anonymous-auth"})
	count(kubelet_anonymous_auth.fail) == 0 with input as node
	found := kubelet_anonymous_auth.unknown with input as node
	found == {{"message": "anonymous-auth of the kubelet is not known: why", "path": ["kubelet"]}}
}

test_no_kubelet_does_not_apply if {
	count(kubelet_anonymous_auth.not_applicable) == 1 with input as testing.kubelet({})
}
