package kubeassay.rules.workload.host_network_test

import data.kubeassay.rules.workload.host_network

test_sharing_fails if {
	found := host_network.fail with input as {"spec": {"hostNetwork": true}}
	found == {{"message": "The pod shares the host's network", "path": ["spec", "hostNetwork"]}}
}

test_not_sharing_passes if {
	count(host_network.fail) == 0 with input as {"spec": {"hostNetwork": false}}
	count(host_network.fail) == 0 with input as {"spec": {"hostNetwork": null}}
	count(host_network.fail) == 0 with input as {}
}
