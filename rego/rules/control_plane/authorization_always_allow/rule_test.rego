package kubeassay.rules.control_plane.authorization_always_allow_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.authorization_always_allow

test_allowing_fails if {
	count(authorization_always_allow.fail) == 1 with input as testing.settings({"authorization-mode": "Node,AlwaysAllow"})
}

test_roles_pass if {
	count(authorization_always_allow.fail) == 0 with input as testing.settings({"authorization-mode": "Node,RBAC"})
}

test_unknown if {
	count(authorization_always_allow.fail) == 0 with input as testing.unknown_setting("authorization-mode")
	count(authorization_always_allow.unknown) == 1 with input as testing.unknown_setting("authorization-mode")
}
