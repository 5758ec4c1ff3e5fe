package kubeassay.rules.network.service_external_ips_test

import data.kubeassay.rules.network.service_external_ips

test_external_address_fails if {
	found := service_external_ips.fail with input as {"spec": {"externalIPs": ["203.0.113.7"]}}
	found == {{
		"message": "The Service takes the traffic of nodes and pods to 203.0.113.7",
		"path": ["spec", "externalIPs", 0],
	}}
}

test_no_external_address_passes if {
	count(service_external_ips.fail) == 0 with input as {"spec": {"externalIPs": []}}
	count(service_external_ips.fail) == 0 with input as {}
}
