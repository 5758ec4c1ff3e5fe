package kubeassay.rules.control_plane.scheduler_listens_everywhere_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.scheduler_listens_everywhere

test_everywhere_fails if {
	count(scheduler_listens_everywhere.fail) == 1 with input as testing.settings({"bind-address": "0.0.0.0", "secure-port": "1"})
}

test_loopback_passes if {
	count(scheduler_listens_everywhere.fail) == 0 with input as testing.settings({"bind-address": "127.0.0.1", "secure-port": "1"})
}

test_newer_loopback_passes if {
	count(scheduler_listens_everywhere.fail) == 0 with input as testing.settings({"bind-address": "::1", "secure-port": "1"})
}

test_no_port_passes if {
	count(scheduler_listens_everywhere.fail) == 0 with input as testing.settings({"bind-address": "0.0.0.0", "secure-port": "0"})
}

test_unknown if {
	count(scheduler_listens_everywhere.fail) == 0 with input as testing.unknown_setting("bind-address")
	count(scheduler_listens_everywhere.unknown) == 1 with input as testing.unknown_setting("bind-address")
}
