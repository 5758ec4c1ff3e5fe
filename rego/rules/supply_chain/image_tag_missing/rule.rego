# METADATA
# title: Image has neither tag nor digest
# description: >-
#   Without a tag the reference means `latest`, whatever that is at the moment of the pull: nobody can tell
#   which version runs, two nodes may run different ones, and a rollback has nothing to go back to.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/containers/images/#image-names
# custom:
#   id: KA-S-0001
#   severity: medium
#   over: workload
#   reads: [facts.images.pins]
#   remediation: Name the version's tag, and best its digest too (image:tag@sha256:…).
package kubeassay.rules.supply_chain.image_tag_missing

import data.kubeassay.lib.image

fail contains finding if {
	some used in input.facts.images.pins
	used.tag == ""
	not used.pinned
	finding := {
		"message": sprintf("%s uses an image without tag or digest: {value}", [used.user]),
		"path": used.path,
	}
}

unknown contains finding if {
	some finding in image.undecided(input.facts.images.pins)
}
