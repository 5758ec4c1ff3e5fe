package kubeassay.rules.network.dashboard_login_skipped_test

import data.kubeassay.rules.network.dashboard_login_skipped

dashboard(argument) := {"facts": {"interfaces": {"dashboard_arguments": [{
	"path": ["spec", "containers", 0, "args", 1],
	"argument": argument,
}]}}}

test_skipping_fails if {
	found := dashboard_login_skipped.fail with input as dashboard("--enable-skip-login")
	{finding.path | some finding in found} == {["spec", "containers", 0, "args", 1]}
}

test_not_skipping_passes if {
	count(dashboard_login_skipped.fail) == 0 with input as dashboard("--enable-skip-login=false")
	count(dashboard_login_skipped.fail) == 0 with input as dashboard("--auto-generate-certificates")
}
