# METADATA
# title: Image of a moving tag is not pulled again
# description: >-
#   A node that has the image keeps what the tag meant when it was first pulled: replicas differ from node to
#   node, and a fix that was pushed under the same tag never arrives.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/containers/images/#image-pull-policy
# custom:
#   id: KA-S-0007
#   severity: low
#   over: workload
#   reads: [containers.imagePullPolicy, facts.images.pins, spec.volumes.image]
#   remediation: Name a fixed tag or the digest, or else set the pull policy to Always.
package kubeassay.rules.supply_chain.moving_image_not_pulled

import data.kubeassay.lib.image

fail contains finding if {
	some used in input.facts.images.pins
	not used.pinned
	moving(used.tag)
	policy := effective(used)
	policy in {"IfNotPresent", "Never"}
	finding := {
		"message": sprintf("%s uses a moving image with the pull policy %s%s", [used.user, policy, by_default(used)]),
		"path": field(used.path),
	}
}

moving(tag) if tag == ""

moving(tag) if image.is_moving_tag(tag)

effective(used) := policy if {
	policy := declared(used.path)
} else := "Always" if {
	used.tag in {"", "latest"}
} else := "IfNotPresent"

by_default(used) := "" if {
	declared(used.path)
} else := ", the default"

declared(path) := container.imagePullPolicy if {
	some container in input.containers
	path == array.concat(container.path, ["image"])
}

declared(path) := input.spec.volumes[path[2]].image.pullPolicy if path[1] == "volumes"

field(path) := ["spec", "volumes", path[2], "image", "pullPolicy"] if {
	path[1] == "volumes"
} else := array.concat(array.slice(path, 0, count(path) - 1), ["imagePullPolicy"])

unknown contains finding if {
	some finding in image.undecided(input.facts.images.pins)
	path := finding.path
	not always(path)
}

always(path) if declared(path) == "Always"
