package kubeassay.rules.control_plane.kubelet_client_certificate_missing_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.kubelet_client_certificate_missing

test_missing_fails if {
	count(kubelet_client_certificate_missing.fail) == 2 with input as testing.settings({"kubelet-client-certificate": "", "kubelet-client-key": ""})
}

test_set_passes if {
	count(kubelet_client_certificate_missing.fail) == 0 with input as testing.settings({"kubelet-client-certificate": "/x", "kubelet-client-key": "/x"})
}

test_unknown if {
	count(kubelet_client_certificate_missing.fail) == 0 with input as testing.unknown_setting("kubelet-client-certificate")
	count(kubelet_client_certificate_missing.unknown) == 1 with input as testing.unknown_setting("kubelet-client-certificate")
}
