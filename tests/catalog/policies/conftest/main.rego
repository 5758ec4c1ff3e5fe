package main

import data.helpers

deny contains msg if {
	input.kind == "Deployment"
	not input.spec.template.spec.securityContext.runAsNonRoot
	msg := sprintf("%s must run as non-root", [input.metadata.name])
}

warn_replicas contains {"msg": "fewer than two replicas", "path": ["spec", "replicas"]} if {
	input.kind == "Deployment"
	object.get(input.spec, "replicas", 1) < 2
}

violation contains {"msg": msg, "details": {"team": "platform"}} if {
	some container in helpers.containers(input)
	endswith(container.image, ":latest")
	msg := sprintf("%s uses latest", [container.name])
}
