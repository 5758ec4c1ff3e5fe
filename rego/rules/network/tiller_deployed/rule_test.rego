package kubeassay.rules.network.tiller_deployed_test

import data.kubeassay.rules.network.tiller_deployed

pod(image) := {"containers": [{"type": "container", "path": ["spec", "containers", 0], "image": image}]}

test_tiller_fails if {
	found := tiller_deployed.fail with input as pod("gcr.io/kubernetes-helm/tiller:v2.16.1")
	{finding.path | some finding in found} == {["spec", "containers", 0, "image"]}
}

test_similar_names_pass if {
	count(tiller_deployed.fail) == 0 with input as pod("registry.example.com/rototiller:1.0.0")
	count(tiller_deployed.fail) == 0 with input as pod("registry.example.com/tiller/api:1.0.0")
}
