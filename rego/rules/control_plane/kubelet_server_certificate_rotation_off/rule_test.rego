package kubeassay.rules.control_plane.kubelet_server_certificate_rotation_off_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.kubelet_server_certificate_rotation_off

test_off_fails if {
	count(kubelet_server_certificate_rotation_off.fail) == 1 with input as testing.settings({"RotateKubeletServerCertificate": "false"})
}

test_on_passes if {
	count(kubelet_server_certificate_rotation_off.fail) == 0 with input as testing.settings({"RotateKubeletServerCertificate": "true"})
}

test_unknown if {
	count(kubelet_server_certificate_rotation_off.fail) == 0 with input as testing.unknown_setting("RotateKubeletServerCertificate")
	count(kubelet_server_certificate_rotation_off.unknown) == 1 with input as testing.unknown_setting("RotateKubeletServerCertificate")
}
