# METADATA
# title: Image is not pinned to a digest
# description: >-
#   A tag can be pushed again: whoever takes over the registry or its credentials replaces the image behind
#   it, and every node that pulls it runs theirs. A digest names the content itself.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/containers/images/#image-names
# custom:
#   id: KA-S-0003
#   severity: low
#   over: workload
#   reads: [facts.images.pins]
#   remediation: Add the digest to the tag (image:tag@sha256:…); tools such as Renovate keep both up to date.
package kubeassay.rules.supply_chain.image_digest_missing

import data.kubeassay.lib.image

# no tag and a moving tag are faults of their own, and a digest mends them too
fail contains finding if {
	some used in input.facts.images.pins
	not used.pinned
	tag := used.tag
	tag != ""
	not image.is_moving_tag(tag)
	finding := {
		"message": sprintf("%s uses an image by its tag alone: {value}", [used.user]),
		"path": used.path,
	}
}

unknown contains finding if {
	some finding in image.undecided(input.facts.images.pins)
}
