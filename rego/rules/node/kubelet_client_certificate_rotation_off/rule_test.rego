package kubeassay.rules.node.kubelet_client_certificate_rotation_off_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.kubelet_client_certificate_rotation_off

test_fault_fails if {
	found := kubelet_client_certificate_rotation_off.fail with input as testing.kubelet({"rotate-certificates": false})
	count(found) == 1
	some finding in found
	endswith(finding.message, "rotate-certificates is false by its flag")
	finding.path == ["kubelet", "flags", "rotate-certificates"]
}

test_other_value_passes if {
	node := testing.kubelet({"rotate-certificates": true})
	count(kubelet_client_certificate_rotation_off.fail) == 0 with input as node
	count(kubelet_client_certificate_rotation_off.unknown) == 0 with input as node
}

test_unclear_is_unknown if {
	node := testing.unclear_kubelet({"rotate-certificates"})
	count(kubelet_client_certificate_rotation_off.fail) == 0 with input as node
	found := kubelet_client_certificate_rotation_off.unknown with input as node
	found == {{"message": "rotate-certificates of the kubelet is not known: why", "path": ["kubelet"]}}
}

test_no_kubelet_does_not_apply if {
	count(kubelet_client_certificate_rotation_off.not_applicable) == 1 with input as testing.kubelet({})
}
