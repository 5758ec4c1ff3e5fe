package kubeassay.rules.control_plane.api_server_anonymous_auth_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.api_server_anonymous_auth

test_on_fails if {
	count(api_server_anonymous_auth.fail) == 1 with input as testing.settings({"anonymous-auth": "true"})
}

test_off_passes if {
	count(api_server_anonymous_auth.fail) == 0 with input as testing.settings({"anonymous-auth": "false"})
}

test_unknown if {
	count(api_server_anonymous_auth.fail) == 0 with input as testing.unknown_setting("anonymous-auth")
	count(api_server_anonymous_auth.unknown) == 1 with input as testing.unknown_setting("anonymous-auth")
}
