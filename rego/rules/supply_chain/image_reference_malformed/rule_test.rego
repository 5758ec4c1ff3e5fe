package kubeassay.rules.supply_chain.image_reference_malformed_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.supply_chain.image_reference_malformed

unclear(reason) := {"facts": {"images": {"pins": [{
	"user": "{container}",
	"path": ["spec", "containers", 0, "image"],
	"unclear": reason,
}]}}}

test_malformed_reference_fails_and_is_not_unknown if {
	malformed := unclear("the image reference is malformed")
	count(image_reference_malformed.fail) == 1 with input as malformed
	count(image_reference_malformed.unknown) == 0 with input as malformed
}

test_good_reference_passes if {
	count(image_reference_malformed.fail) == 0 with input as testing.pod("registry.example.com/api:1")
}

test_placeholder_is_unknown if {
	count(image_reference_malformed.fail) == 0 with input as unclear("a placeholder")
	count(image_reference_malformed.unknown) == 1 with input as unclear("a placeholder")
}
