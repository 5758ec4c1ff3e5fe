package kubeassay.rules.supply_chain.image_tag_missing_test

import data.kubeassay.lib.testing
import data.kubeassay.rules.supply_chain.image_tag_missing

test_image_without_tag_fails if {
	found := image_tag_missing.fail with input as testing.pod("registry.example.com:5000/api")
	found == {{
		"message": "{container} uses an image without tag or digest: {value}",
		"path": ["spec", "containers", 0, "image"],
	}}
}

test_tag_or_digest_passes if {
	every image in {"api:1", concat("", ["api@sha256:", sha256])} {
		count(image_tag_missing.fail) == 0 with input as testing.pod(image)
		count(image_tag_missing.unknown) == 0 with input as testing.pod(image)
	}
}

sha256 := "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

test_placeholder_is_unknown if {
	count(image_tag_missing.fail) == 0 with input as testing.pod("${IMAGE}")
	count(image_tag_missing.unknown) == 1 with input as testing.pod("${IMAGE}")
}
