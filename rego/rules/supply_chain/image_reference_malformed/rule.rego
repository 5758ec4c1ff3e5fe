# METADATA
# title: Image reference is malformed
# description: The kubelet refuses such a reference with InvalidImageName, so the pod never starts.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/containers/images/#image-names
#   - ref: https://github.com/distribution/reference/blob/main/reference.go
# custom:
#   id: KA-S-0006
#   severity: medium
#   over: workload
#   reads: [facts.images.pins]
#   tags: [reliability]
#   remediation: >-
#     Write registry/repository:tag@digest: repository in lower case, no URL scheme, no spaces, the digest as
#     sha256 and 64 hexadecimal digits.
package kubeassay.rules.supply_chain.image_reference_malformed

import data.kubeassay.lib.image

fail contains finding if {
	some malformed in image.malformed(input.facts.images.pins)
	finding := {
		"message": sprintf("%s has an image reference that is malformed: {value}", [malformed.user]),
		"path": malformed.path,
	}
}

unknown contains finding if {
	some finding in image.undecided(input.facts.images.pins)
	path := finding.path
	not malformed_at(path)
}

malformed_at(path) if {
	some malformed in image.malformed(input.facts.images.pins)
	malformed.path == path
}
