# METADATA
# title: Object is in the default namespace
# description: >-
#   Whatever names no namespace ends up there, so objects of all kinds share its permissions, policies and
#   quotas and can get in each other's way.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/overview/working-with-objects/namespaces/#initial-namespaces
# custom:
#   id: KA-NS-0004
#   severity: low
#   over: object
#   reads: [facts.namespaces.placement]
#   remediation: Give the application a namespace of its own.
package kubeassay.rules.namespace.default_namespace_used

fail contains finding if {
	input.facts.namespaces.placement in placements
	finding := {
		"message": sprintf("The %s is in the default namespace", [input.kind]),
		"path": ["metadata", "namespace"],
	}
}

# a manifest that names no namespace may be meant for any
placements := {"default", "unnamed"} if {
	data.scan.snapshot
} else := {"default"}

not_applicable contains finding if {
	reason := {
		"own": "The API server keeps it there",
		"owned": "The object that made it decides where it is",
	}[input.facts.namespaces.placement]
	finding := {"message": reason, "path": []}
}

not_applicable contains finding if {
	input.facts.namespaces.placement == "unnamed"
	not data.scan.snapshot
	finding := {"message": "It names no namespace: that is decided when it is applied", "path": []}
}
