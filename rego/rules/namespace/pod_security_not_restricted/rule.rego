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
#   reads: [labels, facts.pod_policies.covering]
#   remediation: >-
#     Warn with pod-security.kubernetes.io/warn=restricted first, adapt the workloads, then enforce
#     restricted.
package kubeassay.rules.namespace.pod_security_not_restricted

import data.kubeassay.lib.pod_security

fail contains finding if {
	baseline_at_most
	count(input.facts.pod_policies.covering) == 0
	finding := {
		"message": "The namespace enforces the standard baseline, not restricted",
		"path": ["metadata", "labels", pod_security.enforce],
	}
}

unknown contains finding if {
	baseline_at_most
	some policy in input.facts.pod_policies.covering
	not pod_security.held_by_policy("restricted")
	finding := {
		"message": sprintf("Whether %s enforces as much as the standard restricted is not worked out", [policy.name]),
		"path": ["metadata", "labels", pod_security.enforce],
	}
}

not_applicable contains {"message": pod_security.exempt, "path": []}

not_applicable contains finding if {
	not pod_security.exempt
	not policed
	pod_security.enforced == "privileged"
	finding := {"message": "No standard is enforced at all, which is a fault of its own", "path": []}
}

baseline_at_most if {
	not pod_security.exempt
	pod_security.enforced == "baseline"
}

baseline_at_most if {
	not pod_security.exempt
	pod_security.enforced == "privileged"
	policed
}

policed if some _ in input.facts.pod_policies.covering
