# METADATA
# title: Namespace takes pods of any privilege
# description: >-
#   No Pod Security Standard is enforced, so whoever may create pods here may create privileged ones and
#   take over a node. Labels that only warn or audit refuse nothing.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-admission/
# custom:
#   id: KA-NS-0001
#   severity: medium
#   over: namespace
#   reads: [labels, facts.pod_policies.covering]
#   remediation: >-
#     Label the namespace with pod-security.kubernetes.io/enforce=baseline, or better restricted; try it as warn
#     first, since pods that break it are refused.
package kubeassay.rules.namespace.pod_security_not_enforced

import data.kubeassay.lib.pod_security

fail contains finding if {
	open
	count(input.facts.pod_policies.covering) == 0
	finding := {"message": message, "path": ["metadata", "labels", pod_security.enforce]}
}

unknown contains finding if {
	open
	some policy in input.facts.pod_policies.covering
	not pod_security.held_by_policy("baseline")
	finding := {
		"message": sprintf("No label enforces a standard; whether %s does as much is not worked out", [policy.name]),
		"path": ["metadata", "labels", pod_security.enforce],
	}
}

not_applicable contains {"message": pod_security.exempt, "path": []}

open if {
	not pod_security.exempt
	pod_security.enforced == "privileged"
}

message := "The namespace enforces the standard privileged, which restricts nothing" if {
	input.labels[pod_security.enforce]
} else := "The namespace enforces no Pod Security Standard"
