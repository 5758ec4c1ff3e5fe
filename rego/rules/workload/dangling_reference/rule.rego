# METADATA
# title: Workload needs an object that does not exist
# description: Its pods do not start until somebody creates the object, and then get whatever they put into it.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/debug/debug-application/debug-pods/
# custom:
#   id: KA-W-0310
#   severity: medium
#   over: workload
#   snapshot_only: true
#   reads: [facts.references.missing]
#   tags: [reliability]
#   remediation: Correct the name, create the object, or mark the reference as optional.
package kubeassay.rules.workload.dangling_reference

fail contains finding if {
	some missing in input.facts.references.missing
	missing.kind_at_hand
	finding := {
		"message": sprintf("There is no %s {value}, and the pod does not start without it", [missing.kind]),
		"path": missing.path,
	}
}

# a snapshot without a single Secret may well have been taken without them
unknown contains finding if {
	some missing in input.facts.references.missing
	not missing.kind_at_hand
	finding := {
		"message": sprintf("No %s at all is at hand, so whether {value} exists is not known", [missing.kind]),
		"path": missing.path,
	}
}
