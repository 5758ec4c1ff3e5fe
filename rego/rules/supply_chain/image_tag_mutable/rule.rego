# METADATA
# title: Image tag is a moving name
# description: >-
#   A tag such as `latest`, `main` or `alpine` is set anew with every build, so what runs changes without
#   anyone having changed the manifest: it cannot be reviewed, reproduced or rolled back.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/configuration/overview/#container-images
# custom:
#   id: KA-S-0002
#   severity: medium
#   over: workload
#   reads: [facts.images.pins]
#   remediation: Name the version's tag, and best its digest too (image:tag@sha256:…).
#   parameters:
#     names:
#       default: [latest, stable, edge, main, master, trunk, head, dev, devel, develop, development, nightly, snapshot, canary, unstable, rolling, current, next, testing, test, staging, prod, production, release, lts, mainline, alpine, slim, debian, bullseye, bookworm, trixie, ubuntu, jammy, noble]
#       description: Tags that move, in small letters; they stand for tags in any case, and joined by hyphens. `latest-…` and `…-latest` count always.
package kubeassay.rules.supply_chain.image_tag_mutable

import data.kubeassay.lib.image

fail contains finding if {
	some used in input.facts.images.pins
	not used.pinned
	image.is_moving_tag(used.tag)
	finding := {
		"message": sprintf("%s uses a moving image tag: {value}", [used.user]),
		"path": used.path,
	}
}

unknown contains finding if {
	some finding in image.undecided(input.facts.images.pins)
}
