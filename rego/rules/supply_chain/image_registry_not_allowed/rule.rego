# METADATA
# title: Image comes from a registry that is not allowed
# description: >-
#   Images from anywhere are code from anyone: a registry of one's own choice is where images are scanned,
#   signed, mirrored and kept available.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/containers/images/#image-names
# custom:
#   id: KA-S-0004
#   severity: high
#   over: workload
#   reads: [facts.images.names]
#   remediation: Copy the image to an allowed registry and use it from there, or allow its registry.
#   parameters:
#     allowed:
#       default: []
#       description: >-
#         Registries and repositories that images may come from, such as `registry.example.com`,
#         `docker.io/library` or `*.azurecr.io/shop`: the parts of the name are compared one by one, `*` is
#         one label of the host name. Empty allows every registry that is not denied.
#     denied:
#       default: []
#       description: Registries and repositories that images must not come from, written like those allowed.
package kubeassay.rules.supply_chain.image_registry_not_allowed

import data.kubeassay.lib.image

parameters := data.scan.parameters["supply_chain.image_registry_not_allowed"]

fail contains finding if {
	configured
	some used in input.facts.images.names
	used.registry
	not acceptable(used)
	finding := {
		"message": sprintf("%s uses an image of %s, which is not allowed: {value}", [used.user, used.registry]),
		"path": used.path,
	}
}

acceptable(used) if {
	denied := parameters.denied
	not listed(denied, used)
	admitted(used)
}

admitted(_) if count(parameters.allowed) == 0

admitted(used) if listed(parameters.allowed, used)

listed(entries, used) if {
	some entry in entries
	image.covers(entry, used)
}

unknown contains finding if {
	configured
	some finding in image.undecided(input.facts.images.names)
}

not_applicable contains {"message": message, "path": ["spec"]} if {
	not configured
	message := "no registry is allowed or denied by name: set the parameter `allowed` or `denied` of this rule"
}

configured if count(parameters.allowed) + count(parameters.denied) > 0
