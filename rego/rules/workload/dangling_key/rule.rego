# METADATA
# title: Workload needs a key that its ConfigMap or Secret has not
# description: The container or the volume is never made, so the pod hangs; most often a key was renamed or mistyped.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/tasks/configure-pod-container/configure-pod-configmap/#restrictions
# custom:
#   id: KA-W-0900
#   severity: medium
#   over: workload
#   reads: [facts.references.missing_keys]
#   tags: [reliability]
#   remediation: Correct the key, add it to the object, or mark the reference as optional.
package kubeassay.rules.workload.dangling_key

fail contains finding if {
	some missing in input.facts.references.missing_keys
	missing.shown
	finding := {
		"message": sprintf("The %s %s has no key {value}", [missing.kind, missing.object]),
		"path": missing.path,
	}
}

# the values of Secrets are not read from clusters, and controllers fill in empty ConfigMaps
unknown contains finding if {
	some missing in input.facts.references.missing_keys
	not missing.shown
	finding := {
		"message": sprintf("The %s %s shows no keys, so whether it has {value} is not known", [missing.kind, missing.object]),
		"path": missing.path,
	}
}
