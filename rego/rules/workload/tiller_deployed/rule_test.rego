package kubeassay.rules.workload.tiller_deployed_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.workload.tiller_deployed

faults(image) := found if {
	found := tiller_deployed.fail with input as testing.pod(image)
}

test_tiller_fails if {
	count(faults("ghcr.io/helm/tiller:v2.17.0")) == 1
	{finding.path | some finding in faults("tiller")} == {["spec", "containers", 0, "image"]}
}

test_others_pass if {
	count(faults("registry.example.com/distiller:1.0.0")) == 0
	count(faults("registry.example.com/tiller/api:1.0.0")) == 0
}
