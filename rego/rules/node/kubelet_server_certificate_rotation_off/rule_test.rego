package kubeassay.rules.node.kubelet_server_certificate_rotation_off_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.node.kubelet_server_certificate_rotation_off

test_fault_fails if {
	found := kubelet_server_certificate_rotation_off.fail with input as testing.kubelet({"RotateKubeletServerCertificate": false})
	count(found) == 1
	some finding in found
	endswith(finding.message, "RotateKubeletServerCertificate is false by its flag")
	finding.path == ["kubelet", "flags", "RotateKubeletServerCertificate"]
}

test_other_value_passes if {
	node := testing.kubelet({"RotateKubeletServerCertificate": true})
	count(kubelet_server_certificate_rotation_off.fail) == 0 with input as node
	count(kubelet_server_certificate_rotation_off.unknown) == 0 with input as node
}

test_unclear_is_unknown if {
	node := testing.unclear_kubelet({"RotateKubeletServerCertificate"})
	count(kubelet_server_certificate_rotation_off.fail) == 0 with input as node
	found := kubelet_server_certificate_rotation_off.unknown with input as node
	found == {{"message": "RotateKubeletServerCertificate of the kubelet is not known: why", "path": ["kubelet"]}}
}

test_no_kubelet_does_not_apply if {
	count(kubelet_server_certificate_rotation_off.not_applicable) == 1 with input as testing.kubelet({})
}
