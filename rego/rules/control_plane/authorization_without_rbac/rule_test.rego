package kubeassay.rules.control_plane.authorization_without_rbac_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.control_plane.authorization_without_rbac

test_without_fails if {
	count(authorization_without_rbac.fail) == 1 with input as testing.settings({"authorization-mode": "ABAC,Webhook"})
}

test_with_passes if {
	count(authorization_without_rbac.fail) == 0 with input as testing.settings({"authorization-mode": "Node,RBAC"})
}

test_longer_name_fails if {
	count(authorization_without_rbac.fail) == 1 with input as testing.settings({"authorization-mode": "RBACX"})
}

test_unknown if {
	count(authorization_without_rbac.fail) == 0 with input as testing.unknown_setting("authorization-mode")
	count(authorization_without_rbac.unknown) == 1 with input as testing.unknown_setting("authorization-mode")
}
