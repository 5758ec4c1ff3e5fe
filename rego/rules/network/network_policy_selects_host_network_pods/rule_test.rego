package kubeassay.rules.network.network_policy_selects_host_network_pods_test

import data.kubeassay.rules.network.network_policy_selects_host_network_pods

host_pods := {"count": 5, "some": ["shop/a[DaemonSet]", "shop/b[DaemonSet]", "shop/c[Pod]"]}

test_pods_of_the_host_fail if {
	given := {"kind": "NetworkPolicy", "facts": {"network_policies": {"host_pods": host_pods}}}
	some finding in network_policy_selects_host_network_pods.fail with input as given
	finding.path == ["spec", "podSelector"]
	contains(finding.message, "shop/c[Pod] and 2 more,")
}

test_other_pods_pass if {
	given := {"kind": "NetworkPolicy", "facts": {"network_policies": {}}}
	count(network_policy_selects_host_network_pods.fail) == 0 with input as given
}
