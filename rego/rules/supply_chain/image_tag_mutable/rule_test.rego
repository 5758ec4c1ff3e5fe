package kubeassay.rules.supply_chain.image_tag_mutable_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.supply_chain.image_tag_mutable

fails(image) := count(found) if {
	found := image_tag_mutable.fail with input as testing.pod(image)
		with data.scan.parameters as {"supply_chain.image_tag_mutable": {"names": ["alpine", "latest", "nightly"]}}
}

test_moving_tag_fails if {
	every image in {"api:latest", "api:Nightly", "api:latest-alpine", "api:alpine", "api:nightly-alpine"} {
		fails(image) == 1
	}
}

test_fixed_tag_no_tag_and_digest_pass if {
	pinned := "api:latest@sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
	every image in {"api:1.2.3", "api:3-alpine", "api:nightly-2026-08-01", "api", pinned} {
		fails(image) == 0
	}
}

test_placeholder_is_unknown if {
	count(image_tag_mutable.unknown) == 1 with input as testing.pod("{{ .image }}")
}
