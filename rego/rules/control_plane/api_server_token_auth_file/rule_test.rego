package kubeassay.rules.control_plane.api_server_token_auth_file_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.api_server_token_auth_file

test_set_fails if {
	count(api_server_token_auth_file.fail) == 1 with input as testing.settings({"token-auth-file": "/x"})
}

test_unset_passes if {
	count(api_server_token_auth_file.fail) == 0 with input as testing.settings({"token-auth-file": ""})
}

test_unknown if {
	count(api_server_token_auth_file.fail) == 0 with input as testing.unknown_setting("token-auth-file")
	count(api_server_token_auth_file.unknown) == 1 with input as testing.unknown_setting("token-auth-file")
}
