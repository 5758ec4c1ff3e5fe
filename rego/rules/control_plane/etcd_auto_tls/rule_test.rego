package kubeassay.rules.control_plane.etcd_auto_tls_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.etcd_auto_tls

test_bad_value_fails if {
	count(etcd_auto_tls.fail) == 1 with input as testing.settings({"auto-tls": "true"})
}

test_good_value_passes if {
	count(etcd_auto_tls.fail) == 0 with input as testing.settings({"auto-tls": "false"})
}

test_no_boolean_fails if {
	count(etcd_auto_tls.fail) == 1 with input as testing.settings({"auto-tls": "yes"})
}

test_unknown if {
	count(etcd_auto_tls.fail) == 0 with input as testing.unknown_setting("auto-tls")
	count(etcd_auto_tls.unknown) == 1 with input as testing.unknown_setting("auto-tls")
}
