package kubeassay.rules.supply_chain.image_reference_malformed_test

import data.kubeassay.rules.supply_chain.image_reference_malformed

pod(image) := {"containers": [{"path": ["spec", "containers", 0], "image": image}]}

test_malformed_reference_fails_and_is_not_unknown if {
	every image in {"Api:1", "https://registry.example.com/api:1", "api:1 ", "api@sha256:abc"} {
		count(image_reference_malformed.fail) == 1 with input as pod(image)
		count(image_reference_malformed.unknown) == 0 with input as pod(image)
	}
}

test_good_reference_passes if {
	count(image_reference_malformed.fail) == 0 with input as pod("registry.example.com:5000/api:1")
}

test_placeholder_is_unknown if {
	count(image_reference_malformed.fail) == 0 with input as pod("${IMAGE}")
	count(image_reference_malformed.unknown) == 1 with input as pod("${IMAGE}")
}
