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
#   reads: [facts.pod_security.admission]
#   tags: [admission]
#   remediation: >-
#     Label the namespace with pod-security.kubernetes.io/enforce=baseline, or better restricted; try it as warn
#     first, since pods that break it are refused.
package kubeassay.rules.namespace.pod_security_not_enforced

import data.kubeassay.lib.pod_security

fail contains finding if {
	open
	not pod_security.policed
	admission.unknown == ""
	finding := {"message": message[admission.source], "path": pod_security.place}
}

unknown contains finding if {
	open
	not pod_security.policed
	admission.unknown != ""
	finding := {
		"message": sprintf("No label enforces a standard, and %s", [admission.unknown]),
		"path": pod_security.place,
	}
}

unknown contains finding if {
	open
	pod_security.policed
	not pod_security.held
	some policy in admission.policies
	finding := {
		"message": sprintf("No label enforces a standard; whether %s does as much is not worked out", [policy]),
		"path": pod_security.place,
	}
}

not_applicable contains {"message": pod_security.exempt, "path": []}

admission := input.facts.pod_security.admission

open if {
	not pod_security.exempt
	pod_security.enforced == "privileged"
}

message := {
	"label": "The namespace enforces the standard privileged, which restricts nothing",
	"none": "The namespace enforces no Pod Security Standard",
	"off": "The API server does not run the admission plugin PodSecurity, so labels enforce nothing",
	"exempt": "The API server's configuration exempts the namespace from every Pod Security Standard",
}
