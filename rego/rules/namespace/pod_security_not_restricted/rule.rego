# METADATA
# title: Namespace takes pods that run as root
# description: >-
#   The standard baseline is enforced: it stops known ways to take over a node, but not root, privilege
#   escalation or most capabilities, which make the next way easier.
# scope: package
# related_resources:
#   - ref: https://kubernetes.io/docs/concepts/security/pod-security-standards/#restricted
# custom:
#   id: KA-NS-0002
#   severity: low
#   over: namespace
#   reads: [facts.pod_security.admission]
#   tags: [admission]
#   remediation: >-
#     Warn with pod-security.kubernetes.io/warn=restricted first, adapt the workloads, then enforce
#     restricted.
package kubeassay.rules.namespace.pod_security_not_restricted

import data.kubeassay.lib.pod_security

fail contains finding if {
	not pod_security.exempt
	not pod_security.policed
	pod_security.enforced == "baseline"
	finding := {
		"message": "The namespace enforces the standard baseline, not restricted",
		"path": pod_security.place,
	}
}

not_applicable contains {"message": pod_security.exempt, "path": []}

not_applicable contains finding if {
	not pod_security.exempt
	not pod_security.policed
	pod_security.enforced == "privileged"
	finding := {"message": "No standard is enforced at all, which is a fault of its own", "path": []}
}

not_applicable contains finding if {
	not pod_security.exempt
	pod_security.policed
	pod_security.enforced != "restricted"
	finding := {"message": "Policies bound its pods: what they keep out is judged danger by danger", "path": []}
}
