package kubeassay.rules.supply_chain.image_digest_missing_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.supply_chain.image_digest_missing

fails(image) := count(found) if {
	found := image_digest_missing.fail with input as testing.pod(image)
		with data.scan.parameters as {"supply_chain.image_tag_mutable": {"names": ["latest"]}}
}

test_fixed_tag_alone_fails if {
	fails("api:1.2.3") == 1
}

test_digest_passes if {
	fails("api@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855") == 0
}

test_faults_of_other_rules_pass if {
	fails("api") == 0
	fails("api:latest") == 0
}

test_placeholder_is_unknown if {
	count(image_digest_missing.unknown) == 1 with input as testing.pod("<image>")
}
