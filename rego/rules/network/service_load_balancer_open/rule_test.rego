package kubeassay.rules.network.service_load_balancer_open_test

import data.kubeassay.rules.network.service_load_balancer_open

balancer(fields) := {"spec": object.union({"type": "LoadBalancer"}, fields)}

test_without_ranges_fails if {
	found := service_load_balancer_open.fail with input as balancer({})
	{finding.path | some finding in found} == {["spec", "type"]}
}

test_range_of_everyone_fails_where_it_stands if {
	ranges := ["192.0.2.0/24", "0.0.0.0/0"]
	found := service_load_balancer_open.fail with input as balancer({"loadBalancerSourceRanges": ranges})
	{finding.path | some finding in found} == {["spec", "loadBalancerSourceRanges", 1]}
}

test_ranges_pass if {
	service := balancer({"loadBalancerSourceRanges": ["192.0.2.0/24"]})
	count(service_load_balancer_open.fail) == 0 with input as service
}

test_internal_passes if {
	service := object.union(
		balancer({}),
		{"metadata": {"annotations": {"networking.gke.io/load-balancer-type": "Internal"}}},
	)
	count(service_load_balancer_open.fail) == 0 with input as service
}

test_other_type_passes if {
	count(service_load_balancer_open.fail) == 0 with input as {"spec": {"type": "ClusterIP"}}
}
