# METADATA
# title: Pod Security label has a value that does not exist
# description: >-
#   The API server refuses the namespace, or, where it exists already, falls back to the latest restricted
#   standard: either way not what was meant.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-admission/#pod-security-admission-labels-for-namespaces
# custom:
#   id: KA-NS-0003
#   severity: medium
#   over: namespace
#   reads: [labels]
#   remediation: Use privileged, baseline or restricted, in lower case; for versions latest or v1.<minor>.
package kubeassay.rules.namespace.pod_security_level_invalid

import data.kubeassay.lib.pod_security

fail contains finding if {
	some mode in {"enforce", "audit", "warn"}
	label := concat("", ["pod-security.kubernetes.io/", mode])
	level := input.labels[label]
	not level in pod_security.levels
	finding := {"message": "There is no Pod Security Standard {value}", "path": ["metadata", "labels", label]}
}

fail contains finding if {
	some mode in {"enforce", "audit", "warn"}
	label := concat("", ["pod-security.kubernetes.io/", mode, "-version"])
	version := input.labels[label]
	not exists(version)
	finding := {
		"message": "{value} is not a version of the Pod Security Standards",
		"path": ["metadata", "labels", label],
	}
}

exists(version) if version == "latest"

exists(version) if regex.match(`^v1\.(0|[1-9]\d*)$`, version)
