package kubeassay.rules.control_plane.kubelet_authority_missing_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.kubelet_authority_missing

test_missing_fails if {
	count(kubelet_authority_missing.fail) == 1 with input as testing.settings({"kubelet-certificate-authority": ""})
}

test_set_passes if {
	count(kubelet_authority_missing.fail) == 0 with input as testing.settings({"kubelet-certificate-authority": "/x"})
}

test_unknown if {
	count(kubelet_authority_missing.fail) == 0 with input as testing.unknown_setting("kubelet-certificate-authority")
	count(kubelet_authority_missing.unknown) == 1 with input as testing.unknown_setting("kubelet-certificate-authority")
}
