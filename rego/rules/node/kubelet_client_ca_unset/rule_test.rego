package kubeassay.rules.node.kubelet_client_ca_unset_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.kubelet_client_ca_unset

test_fault_fails if {
	found := kubelet_client_ca_unset.fail with input as testing.kubelet({"client-ca-file": ""})
	count(found) == 1
	some finding in found
	endswith(finding.message, "client-ca-file is unset by its flag")
	finding.path == ["kubelet", "flags", "client-ca-file"]
}

test_other_value_passes if {
	node := testing.kubelet({"client-ca-file": "/etc/kubernetes/pki/ca.crt"})
	count(kubelet_client_ca_unset.fail) == 0 with input as node
	count(kubelet_client_ca_unset.unknown) == 0 with input as node
}

test_unclear_is_unknown if {
	node := testing.unclear_kubelet({"client-ca-file"})
	count(kubelet_client_ca_unset.fail) == 0 with input as node
	found := kubelet_client_ca_unset.unknown with input as node
	found == {{"message": "client-ca-file of the kubelet is not known: why", "path": ["kubelet"]}}
}

test_no_kubelet_does_not_apply if {
	count(kubelet_client_ca_unset.not_applicable) == 1 with input as testing.kubelet({})
}
