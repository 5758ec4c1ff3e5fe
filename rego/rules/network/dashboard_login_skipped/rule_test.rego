package kubeassay.rules.network.dashboard_login_skipped_test

import data.kubeassay.rules.network.dashboard_login_skipped

pod(image, args) := {"containers": [{
	"type": "container",
	"path": ["spec", "containers", 0],
	"image": image,
	"args": args,
}]}

test_skipping_fails if {
	args := ["--namespace=kubernetes-dashboard", "--enable-skip-login"]
	found := dashboard_login_skipped.fail with input as pod("kubernetesui/dashboard:v2.7.0", args)
	{finding.path | some finding in found} == {["spec", "containers", 0, "args", 1]}
}

test_not_skipping_passes if {
	args := ["--enable-skip-login=false", "--auto-generate-certificates"]
	count(dashboard_login_skipped.fail) == 0 with input as pod("kubernetesui/dashboard:v2.7.0", args)
}

test_other_program_passes if {
	args := ["--enable-skip-login"]
	count(dashboard_login_skipped.fail) == 0 with input as pod("registry.example.com/shop:1.4.2", args)
}
